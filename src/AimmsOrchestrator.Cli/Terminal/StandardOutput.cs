namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Standard output as a stream.</summary>
internal static class StandardOutput
{
    /// <summary>Opens it: for a program byte by byte, for a terminal without what that would obey.</summary>
    public static Stream Open() =>
        Console.IsOutputRedirected ? Console.OpenStandardOutput() : new HarmlessText(Console.Out);
}

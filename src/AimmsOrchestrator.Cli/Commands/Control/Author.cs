namespace AimmsOrchestrator.Cli.Commands.Control;

/// <summary>Who sets something of a batch, for the journal.</summary>
internal static class Author
{
    /// <summary>The user and the machine.</summary>
    public static string OfThisProcess => $"{Environment.UserName} on {Environment.MachineName}";
}

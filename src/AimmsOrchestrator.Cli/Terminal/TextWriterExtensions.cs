namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Words along the way, which nobody may be there to read.</summary>
internal static class TextWriterExtensions
{
    /// <summary>Writes a line; where that cannot be done, its reader is gone, and the program goes on without.</summary>
    public static void TryWriteLine(this TextWriter writer, string line)
    {
        try
        {
            writer.WriteLine(line);
        }
        catch (IOException)
        {
            // Nobody is left to be told of it.
        }
    }
}

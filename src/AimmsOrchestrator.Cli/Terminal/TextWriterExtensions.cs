namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Words along the way, which nobody may be there to read.</summary>
internal static class TextWriterExtensions
{
    /// <summary>Writes a line; where that cannot be done, its reader is gone, and the program goes on without.</summary>
    public static void TryWriteLine(this TextWriter writer, string line) => writer.TryWrite(line + writer.NewLine);

    /// <summary>The same for a part of a line.</summary>
    public static void TryWrite(this TextWriter writer, string text)
    {
        try
        {
            writer.Write(text);
        }
        catch (IOException)
        {
            // Nobody is left to be told of it.
        }
    }
}

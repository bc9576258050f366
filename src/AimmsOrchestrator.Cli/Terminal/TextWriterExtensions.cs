namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Text along the way, whose reader may have closed the stream.</summary>
internal static class TextWriterExtensions
{
    /// <summary>Writes a line; where the reader has closed the stream, the program continues without.</summary>
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
            // There is no reader any more.
        }
    }
}

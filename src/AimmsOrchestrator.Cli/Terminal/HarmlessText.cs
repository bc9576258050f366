using System.Text;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>
/// Bytes of unknown origin as text for a terminal, which must never get their control characters: those could move its
/// cursor, change its title or type into it. Each becomes U+FFFD; line ends and tabs stay.
/// </summary>
internal sealed class HarmlessText(TextWriter terminal) : Stream
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        var chars = new char[Encoding.UTF8.GetMaxCharCount(count)];
        var length = _decoder.GetChars(buffer.AsSpan(offset, count), chars, flush: false);
        for (var i = 0; i < length; i++)
        {
            if (char.IsControl(chars[i]) && chars[i] is not ('\n' or '\t'))
            {
                chars[i] = '\uFFFD';
            }
        }

        terminal.Write(chars, 0, length);
    }

    public override void Flush() => terminal.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

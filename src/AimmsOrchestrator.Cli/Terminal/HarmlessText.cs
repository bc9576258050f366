using System.Text;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>
/// Bytes of unknown origin as text for a terminal, which must never get their control characters: those could move its
/// cursor, change its title or type into it. Each becomes U+FFFD; line ends and tabs stay, and a
/// line end of Windows is one.
/// </summary>
internal sealed class HarmlessText(TextWriter terminal) : Stream
{
    private const char Mark = '\uFFFD';

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Whether the last character was a carriage return: what it is tells the next one.</summary>
    private bool _isReturnOpen;

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
        var text = new StringBuilder(length);
        foreach (var c in chars.AsSpan(0, length))
        {
            if (_isReturnOpen && c != '\n')
            {
                text.Append(Mark);
            }

            _isReturnOpen = c == '\r';
            if (!_isReturnOpen)
            {
                text.Append(char.IsControl(c) && c is not ('\n' or '\t') ? Mark : c);
            }
        }

        terminal.Write(text);
    }

    public override void Flush() => terminal.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _isReturnOpen)
        {
            terminal.Write(Mark);
        }

        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

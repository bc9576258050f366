using System.Text;
using Spectre.Console;

namespace AimmsOrchestrator.Tests.Cli.Terminal;

/// <summary>A terminal of a given width that keeps what is written to it.</summary>
internal sealed class TestTerminal(int width) : IAnsiConsoleOutput
{
    private readonly StringBuilder _text = new();

    public TextWriter Writer => new StringWriter(_text);

    public bool IsTerminal => true;

    public int Width => width;

    public int Height => 50;

    public IEnumerable<string> Lines => _text.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd());

    public void SetEncoding(Encoding encoding) { }
}

using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace AimmsOrchestrator.Tests.Cli.Terminal;

/// <summary>A terminal of a given width that keeps what is written to it.</summary>
internal sealed partial class TestTerminal(int width) : IAnsiConsoleOutput
{
    private readonly StringBuilder _text = new();

    public TextWriter Writer => new StringWriter(_text);

    public bool IsTerminal => true;

    public int Width => width;

    public int Height => 50;

    public IEnumerable<string> Lines => Plain().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd());

    /// <summary>Without colours, whose codes take no room.</summary>
    private string Plain() => Codes().Replace(_text.ToString(), "");

    [GeneratedRegex(@"\x1b\[[\d;?]*[A-Za-z]", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Codes();

    public void SetEncoding(Encoding encoding) { }
}

using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Where output goes: data to standard output, everything a person reads along the way to standard error.</summary>
internal sealed class Screen
{
    /// <summary>The widest a table is drawn where there is no terminal to ask.</summary>
    private const int WidthOfPipes = 120;

    /// <summary>On a narrower terminal lines now and then are easier to read.</summary>
    private const int NarrowestLive = 40;

    /// <summary>Where one of these is set, whatever it says, nothing is drawn in place (no-color.org; CI servers set the other).</summary>
    private static readonly string[] PlainWanted = ["NO_COLOR", "CI"];

    private readonly TextWriter _errors;
    private readonly Func<Stream> _openOutput;

    /// <summary>The console.</summary>
    public Screen()
        : this(new AnsiConsoleOutput(Console.Out), new AnsiConsoleOutput(Console.Error), StandardOutput.Open) { }

    /// <summary>Two writers in place of the console's streams, as if both were redirected.</summary>
    public Screen(TextWriter output, TextWriter errors)
        : this(new AnsiConsoleOutput(output), new AnsiConsoleOutput(errors)) { }

    /// <summary>Two outputs in place of the console's, each a terminal or not.</summary>
    public Screen(IAnsiConsoleOutput output, IAnsiConsoleOutput errors)
        : this(output, errors, () => new HarmlessText(output.Writer)) { }

    private Screen(IAnsiConsoleOutput output, IAnsiConsoleOutput errors, Func<Stream> openOutput)
    {
        _errors = errors.Writer;
        _openOutput = openOutput;
        Data = Make(output);
        Talk = Make(errors);
        CanAsk = errors.IsTerminal && Talk.Profile.Capabilities.Interactive && !Console.IsInputRedirected;
        IsTalkLive =
            errors.IsTerminal
            && Talk.Profile.Capabilities.Interactive
            && Talk.Profile.Width >= NarrowestLive
            && !PlainWanted.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
    }

    /// <summary>Standard output, with tables where it is a terminal.</summary>
    public IAnsiConsole Data { get; }

    /// <summary>Standard error.</summary>
    public IAnsiConsole Talk { get; }

    /// <summary>Whether a person can be asked, and answer.</summary>
    public bool CanAsk { get; }

    /// <summary>Whether what went wrong is shown in full, with stack traces; false by default.</summary>
    public bool IsVerbose { get; set; }

    /// <summary>Whether progress can be drawn in place.</summary>
    private bool IsTalkLive { get; }

    /// <summary>Asks a person; no is the answer to Enter alone.</summary>
    public bool Confirm(string question) => Talk.Confirm(Markup.Escape(question), defaultValue: false);

    /// <summary>Opens standard output as a stream: see <see cref="StandardOutput.Open"/>.</summary>
    public Stream OpenOutput() => _openOutput();

    /// <summary>A view of a batch's progress that suits where it is shown.</summary>
    public IProgressView Progress() => IsTalkLive ? new LiveProgress(Talk) : new PlainProgress(_errors);

    /// <summary>The progress of one batch among several: lines that begin with its name.</summary>
    public IProgressView LinesOf(string name) => new PlainProgress(_errors, name);

    /// <summary>Writes to standard error; a line stays one line, so that a log can be searched.</summary>
    public void Say(string text) => Write(text);

    /// <summary>Writes to standard error what is wrong or doubtful.</summary>
    public void Complain(string text) => Write(text);

    /// <summary>Line by line, without characters that a terminal would obey.</summary>
    private void Write(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            TryWrite(line);
        }
    }

    /// <summary>On a terminal, a long line breaks between its words.</summary>
    private void TryWrite(string line)
    {
        try
        {
            Talk.Line(line);
        }
        catch (IOException)
        {
            // Standard error has no reader any more.
        }
    }

    private static IAnsiConsole Make(IAnsiConsoleOutput output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = output });
        if (Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
        {
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        if (!output.IsTerminal)
        {
            console.Profile.Width = WidthOfPipes;
        }

        return console;
    }
}

using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Where words go: data to standard output, everything a person reads along the way to standard error.</summary>
internal sealed class Screen
{
    /// <summary>The widest a table is drawn where there is no terminal to ask.</summary>
    private const int WidthOfPipes = 120;

    /// <summary>On a narrower terminal lines now and then are easier to read.</summary>
    private const int NarrowestLive = 40;

    /// <summary>Where one of these is set, whatever it says, nothing is drawn in place (no-color.org; CI servers set the other).</summary>
    private static readonly string[] PlainWanted = ["NO_COLOR", "CI"];

    private readonly TextWriter _errors = Console.Error;

    public Screen()
    {
        Data = Make(Console.Out, Console.IsOutputRedirected);
        Talk = Make(_errors, Console.IsErrorRedirected);
        IsTalkLive =
            !Console.IsErrorRedirected
            && Talk.Profile.Capabilities.Interactive
            && Talk.Profile.Width >= NarrowestLive
            && !PlainWanted.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
    }

    /// <summary>Standard output, with tables where it is a terminal.</summary>
    public IAnsiConsole Data { get; }

    /// <summary>Standard error.</summary>
    public IAnsiConsole Talk { get; }

    /// <summary>Whether progress can be drawn in place.</summary>
    private bool IsTalkLive { get; }

    /// <summary>A view of a batch's progress that suits where it is shown.</summary>
    public IProgressView Progress() => IsTalkLive ? new LiveProgress(Talk) : new PlainProgress(_errors);

    /// <summary>Something to standard error; a line of it stays one, so that a log can be searched.</summary>
    public void Say(string text) => Tell(text);

    /// <summary>Something to standard error that is wrong or doubtful.</summary>
    public void Complain(string text) => Tell(text);

    /// <summary>Line by line, nothing in them that a terminal would obey.</summary>
    private void Tell(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Console.IsErrorRedirected)
            {
                _errors.TryWriteLine(line.OneLine());
            }
            else
            {
                TryWrap(line.OneLine());
            }
        }
    }

    /// <summary>On a terminal, a long line breaks between its words.</summary>
    private void TryWrap(string line)
    {
        try
        {
            Talk.WriteLine(line);
        }
        catch (IOException)
        {
            // Nobody is left to be told of it.
        }
    }

    private static IAnsiConsole Make(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (isRedirected)
        {
            console.Profile.Width = WidthOfPipes;
        }

        return console;
    }
}

using System.CommandLine;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Scenarios.Language.Pages;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>The reference of the scenario's keys, a page per key.</summary>
internal sealed class ExplainCommand : BaseCommand
{
    private const int WidestName = 14;

    private readonly Argument<string?> _key = new("KEY")
    {
        Description = "A key of a scenario, such as sweep.sample; those of a scenario itself if left out",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<bool> _example = new("--example") { Description = "Print the example alone, to be run" };

    public ExplainCommand(CommandServices services)
        : base(
            services,
            "explain",
            "Explain a key of a scenario: what it says, its forms, its default, an example",
            "explain",
            "explain sweep.sample",
            "explain limits --example > limits.yaml"
        )
    {
        _key.CompletionSources.Add(_ =>
            KeyReference.All.Select(page => new System.CommandLine.Completions.CompletionItem(page.Path))
        );
        Declare(_key, _example);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var word = parsed.GetValue(_key);
        if (word is null)
        {
            Screen.Data.Line("A scenario's keys; `aimms-batch explain KEY` has the page of each.");
            Screen.Data.Line("");
            List(KeyReference.TopLevel);
            return ExitCode.Success;
        }

        var pages = KeyReference.Find(word);
        if (pages.Count == 0)
        {
            var near = KeyReference.Nearest(word) is { } key ? $"; did you mean \"{key}\"?" : "";
            throw new UserErrorException($"a scenario has no key \"{word}\"{near} (`aimms-batch explain` lists them)");
        }

        if (parsed.GetValue(_example))
        {
            await Screen.Data.Profile.Out.Writer.WriteAsync(pages[0].Example.AsMemory(), cancellation);
        }
        else if (pages is [var page])
        {
            Write(page);
        }
        else
        {
            Screen.Data.Line($"\"{word}\" is a key in several places:");
            Screen.Data.Line("");
            List(pages, isShort: false);
        }

        return ExitCode.Success;
    }

    private void Write(KeyPage page)
    {
        Screen.Data.Line(page.Path);
        Screen.Data.Line($"  {page.Description}".OneLine());
        Screen.Data.Line("");
        Screen.Data.Line($"  value    {page.Form}");
        Screen.Data.Line($"  default  {(page.IsRequired ? "required" : page.Default ?? "none")}");
        if (page.Keys.Count > 0)
        {
            Screen.Data.Line("");
            Screen.Data.Line(page.HasNames ? "  keys, below a name" : "  keys");
            List(page.Keys, "    ");
        }

        if (page.Example is { } example)
        {
            Screen.Data.Line("");
            Screen.Data.Line("  example");
            foreach (var line in example.TrimEnd('\n').Split('\n').SelectMany(Fitted))
            {
                Screen.Data.Profile.Out.Writer.WriteLine(line);
            }
        }
    }

    private IEnumerable<string> Fitted(string line) =>
        line.Length == 0 ? [""]
        : Screen.Data.Profile.Out.IsTerminal ? WrappedYaml.Of($"    {line}", Screen.Data.Profile.Width)
        : [$"    {line}"];

    private void List(IReadOnlyList<KeyPage> pages, string indent = "  ", bool isShort = true)
    {
        var width = Math.Min(isShort ? WidestName : 40, pages.Max(page => Name(page).Length));
        foreach (var page in pages)
        {
            var required = page.IsRequired ? " (required)" : "";
            var text = page.Description.Length > 0 ? page.Description : page.Form;
            Screen.Data.Line($"{indent}{Name(page).PadRight(width)}  {text}{required}");
        }

        string Name(KeyPage page) => isShort ? page.Path[(page.Path.LastIndexOf('.') + 1)..] : page.Path;
    }
}

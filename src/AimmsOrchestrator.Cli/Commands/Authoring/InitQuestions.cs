using AimmsOrchestrator.Scenarios.Drafts;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>Asks for what the command line leaves out, on a terminal.</summary>
/// <param name="console">Where questions go and answers come from.</param>
internal sealed class InitQuestions(IAnsiConsole console)
{
    private const int MostOffered = 40;

    /// <summary>The wishes with answers: the request, the service, and whether to send a task.</summary>
    public InitWishes Complete(InitWishes wishes)
    {
        if (wishes is { Request: null, Cases: null })
        {
            wishes = wishes with { Request = Optional("An example request ([grey]a file; empty for none[/])") };
        }

        if (wishes is { Request: null, Cases: null })
        {
            wishes = wishes with
            {
                Cases = Optional("A file of cases ([grey].csv, .xlsx or .jsonl; empty for none[/])"),
            };
        }

        if (wishes is { Url: null, Profile: null })
        {
            var url = console.Prompt(
                new TextPrompt<string>("The service's address").DefaultValue("http://localhost:8080")
            );
            wishes = wishes with { Url = url };
        }

        wishes = wishes with
        {
            Service =
                wishes.Service
                ?? console.Prompt(
                    new TextPrompt<string>("The service's name ([grey]dex::ServiceName in the model[/])")
                ),
        };
        if (
            wishes is { App: null, Url: { } address }
            && address.Contains(".aimms.cloud", StringComparison.OrdinalIgnoreCase)
        )
        {
            wishes = wishes with { App = console.Prompt(new TextPrompt<string>("The published app")) };
        }

        return wishes is { Probes: false, Response: null }
            ? wishes with
            {
                Probes = Confirm("Send one task now, to propose results from its response?"),
            }
            : wishes;
    }

    /// <summary>The numbers to vary.</summary>
    public IReadOnlyList<string> Vary(ScenarioDraft draft)
    {
        var numbers = draft.Candidates.Where(candidate => !candidate.IsText).Take(MostOffered).ToList();
        if (numbers.Count < 2 || draft.Cases is not null)
        {
            return [];
        }

        var prompt = new MultiSelectionPrompt<Candidate>()
            .Title("Which numbers vary?")
            .PageSize(15)
            .UseConverter(candidate => Markup.Escape($"{candidate.JsonPointer}: {candidate.Written}"))
            .AddChoices(numbers);
        foreach (var chosen in draft.Chosen)
        {
            prompt.Select(chosen);
        }

        return [.. console.Prompt(prompt).Select(candidate => candidate.JsonPointer)];
    }

    /// <summary>A question to be answered with yes or no; no where only Enter is pressed.</summary>
    public bool Confirm(string question) =>
        console.Prompt(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false });

    private string? Optional(string question) =>
        console.Prompt(new TextPrompt<string>(question).AllowEmpty()) is { Length: > 0 } answer ? answer.Trim() : null;
}

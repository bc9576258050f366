using System.Text;
using AimmsOrchestrator.Cli.Commands.Authoring;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Drafts;
using AimmsOrchestrator.Scenarios.Json;
using Spectre.Console.Testing;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>What <c>init</c> asks on a terminal, and what it does not ask.</summary>
public sealed class InitQuestionsTests : IDisposable
{
    private readonly TestConsole _console = new TestConsole().Width(100).Interactive();

    public void Dispose() => _console.Dispose();

    [Fact]
    public void Everything_that_the_command_line_leaves_out_is_asked_for()
    {
        Type("body.json", "", "plan-production", "y");

        var wishes = new InitQuestions(_console).Complete(new InitWishes());

        Assert.Equal("body.json", wishes.Request);
        Assert.Null(wishes.Cases);
        Assert.Equal("http://localhost:8080", wishes.Url);
        Assert.Equal("plan-production", wishes.Service);
        Assert.True(wishes.Probes);
    }

    [Fact]
    public void Without_a_request_cases_are_asked_for_and_an_account_needs_its_app()
    {
        Type("", "cases.xlsx", "https://acme.aimms.cloud", "plan", "Plant", "n");

        var wishes = new InitQuestions(_console).Complete(new InitWishes());

        Assert.Equal((null, "cases.xlsx"), (wishes.Request, wishes.Cases));
        Assert.Equal(("https://acme.aimms.cloud", "Plant"), (wishes.Url, wishes.App));
        Assert.False(wishes.Probes);
    }

    [Fact]
    public void What_the_command_line_says_is_not_asked_again()
    {
        var said = new InitWishes
        {
            Request = "body.json",
            Profile = "acme",
            Service = "plan",
            Response = "answer.json",
        };

        Assert.Equal(said, new InitQuestions(_console).Complete(said));
        Assert.Equal("", _console.Output);
    }

    [Fact]
    public void A_service_without_a_name_is_asked_for_again_and_the_first_number_is_preselected()
    {
        Type("", "plan");
        Assert.Equal(
            "plan",
            new InitQuestions(_console)
                .Complete(
                    new InitWishes
                    {
                        Request = "body.json",
                        Url = "emulator",
                        Probes = true,
                    }
                )
                .Service
        );

        var (candidates, numbers) = CandidateFinder.In(
            JsonReader.Read(
                "body.json",
                Encoding.UTF8.GetBytes("""{ "freight": 90, "growth": 1.5, "[gap]": 0.01, "plan": "lean" }"""),
                new DiagnosticBag()
            )!
        );
        var draft = new ScenarioDraft("d", "s") { Candidates = candidates, Numbers = numbers };
        _console.Input.PushKey(ConsoleKey.DownArrow);
        _console.Input.PushKey(ConsoleKey.DownArrow);
        _console.Input.PushKey(ConsoleKey.Spacebar);
        _console.Input.PushKey(ConsoleKey.Enter);

        Assert.Equal(["/freight", "/[gap]"], new InitQuestions(_console).Vary(draft));
        Assert.Contains("/[gap]: 0.01", _console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("lean", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_number_is_no_question()
    {
        var (candidates, numbers) = CandidateFinder.In(
            JsonReader.Read("body.json", Encoding.UTF8.GetBytes("""{ "freight": 90 }"""), new DiagnosticBag())!
        );

        Assert.Empty(
            new InitQuestions(_console).Vary(new ScenarioDraft("d", "s") { Candidates = candidates, Numbers = numbers })
        );
        Assert.Equal("", _console.Output);
    }

    /// <summary>The answers in the order of the questions, each with Enter.</summary>
    private void Type(params string[] answers)
    {
        foreach (var answer in answers)
        {
            _console.Input.PushTextWithEnter(answer);
        }
    }
}

using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Runs;
using Spectre.Console;

namespace AimmsOrchestrator.Tests.Cli.Terminal;

/// <summary>States in tables.</summary>
public sealed class StateCellTests
{
    [Fact]
    public void A_terminal_with_colours_shows_a_sign_and_its_colour()
    {
        var console = Console(isTerminal: true, ColorSystem.Standard);

        Assert.Equal("✗ failed", StateCell.Of(console, RunState.Failed).Text);
        Assert.Equal(Color.Red, StateCell.Of(console, RunState.Failed).Style!.Value.Foreground);
        Assert.Equal("▶ running", StateCell.Of(console, BatchState.Running, "").Text);
        Assert.Equal("✓ completed (incumbent)", StateCell.Of(console, "completed (incumbent)").Text);
        Assert.Equal("no state", StateCell.Of(console, "no state").Text);
    }

    [Theory]
    [InlineData(true, ColorSystem.NoColors)]
    [InlineData(false, ColorSystem.Standard)]
    public void Without_colours_and_in_pipes_the_word_stands_alone(bool isTerminal, ColorSystem colors)
    {
        var cell = StateCell.Of(Console(isTerminal, colors), RunState.Failed);

        Assert.Equal(("failed", null), (cell.Text, cell.Style));
    }

    [Fact]
    public void Every_ended_state_has_a_sign_of_its_own() =>
        Assert.Distinct(RunStates.All.Where(state => state.IsEnded()).Select(state => StateSign.Of(state).Text));

    private static IAnsiConsole Console(bool isTerminal, ColorSystem colors)
    {
        var output = isTerminal ? new TestTerminal(80) : (IAnsiConsoleOutput)new AnsiConsoleOutput(new StringWriter());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = output });
        console.Profile.Capabilities.ColorSystem = colors;
        return console;
    }
}

using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using Spectre.Console;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>Progress in a terminal that is closed meanwhile.</summary>
public sealed class LiveProgressTests
{
    [Fact]
    public async Task A_terminal_that_is_gone_costs_the_batch_nothing()
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(new ClosedTerminal()),
            }
        );
        var view = new LiveProgress(console);
        view.OnProgress(new BatchProgress { CountByState = StateCounts.None, Elapsed = TimeSpan.Zero });
        var over = new TaskCompletionSource();

        var showing = view.ShowAsync(over.Task);

        Assert.False(showing.IsCompleted);
        over.SetResult();
        await showing;
    }

    [Fact]
    public void A_closed_stream_costs_the_batch_nothing() => new PlainProgress(new ClosedTerminal()).Say("halfway");

    /// <summary>What Linux answers for a terminal whose window was closed.</summary>
    private sealed class ClosedTerminal : StringWriter
    {
        public override void Write(char value) => throw new IOException("Input/output error");

        public override void Write(string? value) => throw new IOException("Input/output error");

        public override void WriteLine(string? value) => throw new IOException("Input/output error");
    }
}

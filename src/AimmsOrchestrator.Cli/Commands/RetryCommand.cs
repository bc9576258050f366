using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Runs again what failed.</summary>
internal sealed class RetryCommand : ExampleCommand
{
    public RetryCommand(Screen screen, Func<IJournalWriter, IJournalWriter>? wrap = null)
        : base("retry", "Run again what failed in a batch, and only that", "retry", "retry transport-whatif-3")
    {
        var batch = SharedOptions.Batch();
        var workspace = SharedOptions.Workspace();
        var json = SharedOptions.Json("how the batch went");
        var junit = SharedOptions.JUnit();
        Arguments.Add(batch);
        Options.Add(workspace);
        Options.Add(json);
        Options.Add(junit);

        SetAction(
            (parsed, _) =>
                new BatchRunner(screen, parsed.GetRequiredValue(workspace), TimeProvider.System, wrap).ResumeAsync(
                    parsed.GetValue(batch),
                    isRetry: true,
                    new OutputOptions(parsed.GetValue(json), parsed.GetValue(junit))
                )
        );
    }
}

using System.CommandLine;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Calls a batch off.</summary>
internal sealed class CancelCommand : ExampleCommand
{
    public CancelCommand(Screen screen)
        : base(
            "cancel",
            "Stop a batch and its tasks at the service: queued ones are deleted, running ones interrupted",
            "cancel",
            "cancel transport-whatif-3 --keep-running"
        )
    {
        var batch = SharedOptions.Batch();
        var workspace = SharedOptions.Workspace();
        var keepRunning = new Option<bool>("--keep-running") { Description = "Leave the tasks at the service alone" };
        Arguments.Add(batch);
        Options.Add(workspace);
        Options.Add(keepRunning);

        SetAction(
            (parsed, _) =>
                new BatchCancellation(screen, parsed.GetRequiredValue(workspace), TimeProvider.System).CancelAsync(
                    parsed.GetValue(batch),
                    parsed.GetValue(keepRunning)
                )
        );
    }
}

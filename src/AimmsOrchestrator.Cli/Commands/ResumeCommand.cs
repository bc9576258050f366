using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Goes on with a batch that was stopped.</summary>
internal sealed class ResumeCommand : ExampleCommand
{
    public ResumeCommand(Screen screen, Func<IJournalWriter, IJournalWriter>? wrap = null)
        : base(
            "resume",
            "Go on with a batch that was stopped, from the workspace alone",
            "resume",
            "resume transport-whatif"
        )
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
                    isRetry: false,
                    new OutputOptions(parsed.GetValue(json), parsed.GetValue(junit))
                )
        );
    }
}

using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>What follows once a batch is left: its results are shown, its files written, its recipients notified.</summary>
internal sealed class BatchCompletion(CommandServices services, IWorkspace workspace, OutputOptions wanted)
{
    private readonly Screen _screen = services.Screen;
    private readonly ResultsOutput _output = new(services.Screen, wanted);

    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(Scenario scenario, BatchRecord batch, BatchOutcome outcome)
    {
        using var reader = workspace.OpenReader();
        var result = BatchResult.Of(scenario, batch, outcome, reader);
        var exitCode = ExitCode.Of(result);
        var contents = SummaryContents.Of(result, scenario, workspace, reader, wanted.AsJson);
        var error = _output.TryShow(contents);
        if (outcome.Bug is { } bug)
        {
            _screen.Complain(_screen.IsVerbose ? bug.ToString() : "`--verbose` shows where it failed");
        }

        var report = await ReportFiles.WriteAsync(scenario.Report, reader, batch.Id.Value, _screen);
        await _output.WriteJUnitAsync(contents);
        if (scenario.Notifications.Count > 0)
        {
            var notification = BatchNotification.Of(result, reader) with { Report = report };
            foreach (var failure in await new Notifier(services.Time).NotifyAsync(scenario.Notifications, notification))
            {
                _screen.Complain(failure);
            }
        }

        return error is null ? exitCode : throw error;
    }

    /// <summary>Shows how a batch went in which nothing is left to do; its recipients are not notified again.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RepeatAsync(BatchRecord batch)
    {
        using var reader = workspace.OpenReader();
        var scenario = StoredScenarios.Load(batch, reader);
        var result = BatchResult.OfEnded(scenario, batch, reader);
        return await _output.ShowAsync(SummaryContents.Of(result, scenario, workspace, reader, wanted.AsJson));
    }
}

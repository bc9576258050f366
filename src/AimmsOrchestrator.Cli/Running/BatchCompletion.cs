using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Startup;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>What follows once a batch is left: its results are shown, its files written, its recipients notified.</summary>
internal sealed class BatchCompletion(CommandServices services, Workspace workspace, OutputOptions wanted)
{
    private readonly Screen _screen = services.Screen;

    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(Scenario scenario, BatchRecord batch, BatchOutcome outcome)
    {
        using var reader = workspace.OpenReader();
        var result = BatchResult.Of(scenario, batch, outcome, reader);
        var exitCode = ExitCode.Of(result);
        var error = TryShow(result, reader);
        var report = await ReportFiles.WriteAsync(scenario.Report, reader, batch.Id.Value, _screen);
        await WriteJUnitAsync(scenario, result);
        var notification = new BatchNotification(result, exitCode)
        {
            Report = report,
            Finding = scenario.Notifications.Count > 0 ? FirstFinding.Of(result, reader) : null,
        };
        foreach (var failure in await new Notifier(services.Time).NotifyAsync(scenario.Notifications, notification))
        {
            _screen.Complain(failure);
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
        var error = TryShow(result, reader);
        await WriteJUnitAsync(scenario, result);
        return error is null ? ExitCode.Of(result) : throw error;
    }

    /// <returns>Why standard output cannot be written, which must not keep anything else from being written; null where it can.</returns>
    private UserErrorException? TryShow(BatchResult result, IJournalReader reader)
    {
        try
        {
            new BatchSummary(result, workspace, reader).Show(_screen, wanted);
            return null;
        }
        catch (IOException e)
        {
            // A person who closes standard output wants no table; JSON that was asked for is missed.
            var error = new UserErrorException($"the results cannot be shown: {e.Message}", e);
            if (!ClosedStreams.HasNoOutput || wanted.AsJson)
            {
                return error;
            }

            _screen.Complain(error.Message);
            return null;
        }
    }

    /// <summary>
    /// Written also where the batch stopped, with every expectation skipped: a CI server would take the file of an earlier
    /// batch for this one's. A file that cannot be written changes nothing about the batch.
    /// </summary>
    private async Task WriteJUnitAsync(Scenario? scenario, BatchResult result)
    {
        if (wanted.JUnit is not { } file)
        {
            return;
        }

        try
        {
            var check =
                result.Expectations.Results.Count > 0 || scenario is null
                    ? result.Expectations
                    : ExpectationCheck.Skipped(scenario, "the batch stopped before its end");
            await check.WriteJUnitAsync(file, result.Batch.Id.Value);
        }
        catch (UserErrorException e)
        {
            _screen.Complain(e.Message);
        }
    }
}

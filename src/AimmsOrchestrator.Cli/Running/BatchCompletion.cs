using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>What a person wants to have once their batch is left.</summary>
/// <param name="AsJson">One JSON document instead of a summary.</param>
/// <param name="JUnit">The file to write what came of the scenario's rules to; null for none.</param>
internal sealed record OutputOptions(bool AsJson, FileInfo? JUnit)
{
    /// <summary>Looks, before anything is sent, whether there will be a place for it.</summary>
    /// <exception cref="UserErrorException">There will not.</exception>
    public void Check()
    {
        if (JUnit is { Directory: { Exists: false } folder })
        {
            throw new UserErrorException($"--junit: {JUnit} cannot be written: there is no folder {folder}");
        }
    }
}

/// <summary>What follows once a batch is left: its rules are checked, its results shown, files written, people told.</summary>
internal sealed class BatchCompletion(Screen screen, Workspace workspace, TimeProvider time)
{
    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(Scenario scenario, BatchRecord batch, BatchOutcome outcome, OutputOptions wanted)
    {
        using var reader = workspace.OpenReader();
        var expectations = Check(scenario, batch, outcome, reader);
        var summary = new BatchSummary(batch, outcome, expectations, workspace);
        var trouble = TryShow(summary, reader, wanted);
        await ReportFiles.WriteAsync(scenario.Report, reader, batch.Id.Value, screen);
        await WriteRulesAsync(scenario, batch, expectations, wanted);
        var news = new BatchNotification(batch, outcome, expectations, summary.ExitCode);
        foreach (var failure in await new Notifier(time).TellAsync(scenario.Notifications, news))
        {
            screen.Complain(failure);
        }

        return trouble is null ? summary.ExitCode : throw trouble;
    }

    /// <summary>Shows how a batch went that there was nothing to do for; nobody is told again.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RepeatAsync(BatchRecord batch, OutputOptions wanted)
    {
        using var reader = workspace.OpenReader();
        var tally = BatchTally.FromStates(reader.CountByState(batch.Number));
        var outcome = batch.IsFinished
            ? new BatchOutcome(batch.End!.Value, batch.Reason, tally)
            : new BatchOutcome(BatchEnd.Retried, Reason: null, tally);
        var scenario = StoredScenarios.Load(batch, reader);
        var expectations = Check(scenario, batch, outcome, reader);
        var summary = new BatchSummary(batch, outcome, expectations, workspace);
        var trouble = TryShow(summary, reader, wanted);
        await WriteRulesAsync(scenario, batch, expectations, wanted);
        return trouble is null ? summary.ExitCode : throw trouble;
    }

    /// <returns>What keeps standard output from being written, which must cost nobody else anything; null where nothing does.</returns>
    private UserErrorException? TryShow(BatchSummary summary, IJournalReader reader, OutputOptions wanted)
    {
        try
        {
            summary.Show(screen, reader, wanted.AsJson);
            return null;
        }
        catch (IOException e)
        {
            return new UserErrorException($"standard output cannot be written: {e.Message}", e);
        }
    }

    private static ExpectationCheck Check(
        Scenario? scenario,
        BatchRecord batch,
        BatchOutcome outcome,
        IJournalReader reader
    ) =>
        scenario is not null && outcome.End == BatchEnd.AllRunsEnded
            ? ExpectationCheck.Of(scenario, reader, batch.Number)
            : ExpectationCheck.None;

    /// <summary>
    /// Written also where the batch stopped, with every rule skipped: a file of an earlier batch that is still there would
    /// be taken for this one's. What cannot be written is told; the batch is what it is.
    /// </summary>
    private async Task WriteRulesAsync(
        Scenario? scenario,
        BatchRecord batch,
        ExpectationCheck expectations,
        OutputOptions wanted
    )
    {
        if (wanted.JUnit is not { } file)
        {
            return;
        }

        try
        {
            var told =
                expectations.Results.Count > 0 || scenario is null
                    ? expectations
                    : ExpectationCheck.Skipped(scenario, "the batch stopped before its end");
            await told.WriteJUnitAsync(file, batch.Id.Value);
        }
        catch (UserErrorException e)
        {
            screen.Complain(e.Message);
        }
    }
}

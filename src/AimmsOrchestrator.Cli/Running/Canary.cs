using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Reports.Tables;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>
/// A batch's first runs, shown before the rest is sent: a person at a terminal decides then; elsewhere the batch continues where
/// all of them completed and no expectation is violated.
/// </summary>
/// <param name="screen">Where output goes.</param>
/// <param name="workspace">Where the batch lives.</param>
/// <param name="scenario">What it runs.</param>
/// <param name="first">How many runs.</param>
internal sealed class Canary(Screen screen, IWorkspace workspace, Scenario scenario, int first)
{
    /// <summary>Whether the rest is to be sent; false also where nothing is left, or something else stopped the batch.</summary>
    public bool MayContinue(BatchRecord batch, BatchOutcome outcome)
    {
        using var reader = workspace.OpenReader();
        var runs = reader.Runs(batch.Number).TakeWhile(run => run.Index < first).ToList();
        if (outcome.End != BatchEnd.StopRule || runs.Count < first || !runs.TrueForAll(run => run.Phase.IsEnded()))
        {
            return false;
        }

        var columns = Columns.Of(batch, () => runs);
        ResultsView.Write(screen.Talk, ReportTable.Of(columns, runs, first));
        var check = ExpectationCheck.Of(scenario, reader, batch.Number);
        foreach (var line in check.Lines())
        {
            screen.Say(line);
        }

        var failed = runs.Count(run => run.Phase != RunPhase.Completed);
        var isGood = failed == 0 && !check.IsViolated;
        var rest = batch.RunCount is { } total ? $"the other {total - first} runs" : "the other runs";
        if (screen.CanAsk)
        {
            return screen.Confirm($"{batch.Id}: these are the first {first} runs. Send {rest}?");
        }

        var why = failed > 0 ? $"{failed} of them failed" : "an expectation is violated";
        screen.Say(
            isGood
                ? $"{batch.Id}: the first {first} runs completed; {rest} follow"
                : $"{batch.Id}: stops after the first {first} runs: {why}"
        );
        return isGood;
    }
}

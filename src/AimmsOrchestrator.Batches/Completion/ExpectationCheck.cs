using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>What a scenario's expectations came to across the completed runs of a batch.</summary>
/// <param name="Results">One result per expectation, in the scenario's order.</param>
public sealed record ExpectationCheck(IReadOnlyList<ExpectationResult> Results)
{
    /// <summary>The scenario has no expectations, or they cannot be checked yet.</summary>
    public static ExpectationCheck None { get; } = new([]);

    /// <summary>Whether any expectation is violated.</summary>
    public bool IsViolated => Results.Any(result => result.Violated > 0);

    /// <summary>Checks every expectation of a scenario.</summary>
    public static ExpectationCheck Of(Scenario scenario, IJournalReader reader, long batch) =>
        new([.. scenario.Expectations.Select(rule => rule.Check(() => Completed(reader, batch)))]);

    /// <summary>Checks every expectation of a batch's stored scenario.</summary>
    public static Result<ExpectationCheck> Of(BatchRecord batch, IJournalReader reader) =>
        StoredScenarios.Load(batch, reader) is { } scenario
            ? Of(scenario, reader, batch.Number)
            : new BatchProblem.ScenarioUnreadable(batch.Id);

    /// <summary>Every expectation of a scenario, none of them checked.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="reason">Why not.</param>
    public static ExpectationCheck Skipped(Scenario scenario, string reason) =>
        new([.. scenario.Expectations.Select(rule => new ExpectationResult(rule.Name, 0, 0, []) { Reason = reason })]);

    private static IEnumerable<RunRecord> Completed(IJournalReader reader, long batch) =>
        reader.Runs(batch).Where(run => run.Phase == RunPhase.Completed);
}

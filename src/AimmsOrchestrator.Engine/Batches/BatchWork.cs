using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>One batch to be driven by one supervisor.</summary>
/// <param name="Plan">What is to be run, and how.</param>
/// <param name="Resume">Where it goes on.</param>
/// <param name="Outcome">Told how it went, once that is on disk.</param>
internal sealed record BatchWork(BatchPlan Plan, ResumePoint Resume, TaskCompletionSource<BatchOutcome> Outcome);

/// <summary>How counts follow from where a batch stands.</summary>
public static class BatchTallies
{
    /// <summary>The tally a batch goes on with.</summary>
    public static BatchTally ToTally(this ResumePoint resume) =>
        new()
        {
            Completed = resume.CountByState.GetValueOrDefault("completed"),
            Failed = resume.CountByState.GetValueOrDefault("failed"),
            Cancelled = resume.CountByState.GetValueOrDefault("cancelled"),
        };

    /// <summary>The tally after another run has ended.</summary>
    internal static BatchTally With(this BatchTally tally, RunPhase ended) =>
        ended switch
        {
            RunPhase.Completed => tally with { Completed = tally.Completed + 1 },
            RunPhase.Failed => tally with { Failed = tally.Failed + 1 },
            RunPhase.Cancelled => tally with { Cancelled = tally.Cancelled + 1 },
            _ => throw new ArgumentOutOfRangeException(nameof(ended), ended, "not an end"),
        };
}

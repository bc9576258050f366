using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService.Insight;
using AimmsOrchestrator.Reports.Failures;

namespace AimmsOrchestrator.Batches.Views;

/// <summary>What <c>status</c> shows of a batch, as values: those of this machine's journal, or a server's.</summary>
public sealed record StatusContents
{
    private const int RunsShown = 20;
    private const int GroupsShown = 5;

    /// <summary>What <c>status --json</c> writes.</summary>
    public required BatchDocument Document { get; init; }

    public required BatchState State { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last left; null while it is executed.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>For how long it was paused in all.</summary>
    public required TimeSpan Paused { get; init; }

    /// <summary>The process that drives it; null where none does.</summary>
    public required string? Holder { get; init; }

    /// <summary>By whom it is paused; null where it is not.</summary>
    public required ControlSetting? Pause { get; init; }

    /// <summary>The limits that people set.</summary>
    public required IReadOnlyList<ControlSetting> Limits { get; init; }

    /// <summary>The failed runs by what their messages have in common.</summary>
    public required IReadOnlyList<FailureGroup> Groups { get; init; }

    /// <summary>The runs that are longest in their state.</summary>
    public required IReadOnlyList<WaitContents> Waits { get; init; }

    /// <summary>Whether the solvers of any runs were asked how far they are.</summary>
    public required bool HasSolves { get; init; }

    /// <summary>Why runs failed.</summary>
    public FailureCounts Failures() =>
        new(
            (Document.FailedByKind ?? new Dictionary<string, long>()).ToDictionary(
                pair => RunErrorKinds.OfWord(pair.Key),
                pair => pair.Value
            )
        );

    /// <summary>How many runs under way are not among <see cref="Waits"/>.</summary>
    public int Others => Math.Max(0, (Document.UnderWay?.Count ?? 0) - RunsShown);

    /// <param name="status">Where the batch is.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="forPeople">Whether more than the document is wanted.</param>
    public static StatusContents Of(BatchStatus status, IJournalReader reader, DateTimeOffset now, bool forPeople)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(reader);
        var batch = status.Batch;
        var underWay = reader.RunsUnderWay(batch.Number);
        var solves = reader.Solves(batch.Number);
        return new StatusContents
        {
            Document = BatchDocument.Of(status) with { UnderWay = RunUnderWayDocument.Of(underWay, solves) },
            State = status.State,
            StartedAt = batch.StartedAt,
            EndedAt = batch.EndedAt,
            Paused = reader.Paused(batch.Number),
            Holder = status.Holder?.ToString(),
            Pause = status.PausedSince is null ? null : status.Controls.Pause,
            Limits = status.Controls.Limits,
            Groups =
                forPeople && status.Counts.Failed > 0
                    ? FailureGroups.Of(batch, reader.Runs(batch.Number), GroupsShown)
                    : [],
            Waits = forPeople && underWay.Count > 0 ? [.. WaitsOf(status, underWay, solves, reader, now)] : [],
            HasSolves = solves.Count > 0,
        };
    }

    private static IEnumerable<WaitContents> WaitsOf(
        BatchStatus status,
        IReadOnlyList<RunRecord> underWay,
        IReadOnlyDictionary<long, RunSolve> solves,
        IJournalReader reader,
        DateTimeOffset now
    )
    {
        var runs = underWay.ToDictionary(run => run.Index);
        foreach (var wait in reader.UnderWay(status.Batch.Number, RunsShown).Where(w => runs.ContainsKey(w.Index)))
        {
            var since = now - wait.Since;
            yield return new WaitContents(
                wait.Name,
                wait.State,
                since > TimeSpan.Zero ? since : TimeSpan.Zero,
                solves.GetValueOrDefault(wait.Index)?.Status.ToString(),
                WaitContents.WaitsFor(runs[wait.Index], status)
            );
        }
    }
}

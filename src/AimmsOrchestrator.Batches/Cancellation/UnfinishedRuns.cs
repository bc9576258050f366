using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Batches.Cancellation;

/// <summary>A batch's unfinished runs, under the claim of this process: what is appended here is folded at once.</summary>
/// <param name="batch">The batch's number.</param>
/// <param name="epoch">The batch's epoch under the claim.</param>
/// <param name="writer">The journal.</param>
/// <param name="planned">What a run is; null where the batch's scenario can no longer be read.</param>
internal sealed class UnfinishedRuns(long batch, long epoch, IJournalWriter writer, Func<long, PlannedRun>? planned)
{
    private readonly SortedDictionary<long, Run> _runs = [];

    /// <summary>The runs by index.</summary>
    public IReadOnlyDictionary<long, Run> All => _runs;

    /// <summary>The indices of the runs whose submit may have been taken, and whose task is not known.</summary>
    public IReadOnlyList<long> Lost =>
        [.. _runs.Where(pair => pair.Value.Phase.IsUnconfirmed()).Select(pair => pair.Key)];

    public UnfinishedRuns With(IReadOnlyDictionary<long, Run> runs)
    {
        foreach (var (index, run) in runs)
        {
            _runs[index] = run;
        }

        return this;
    }

    public RunReference Reference(long index) => new(batch, index);

    /// <summary>Appends an event of a run, if there is one to append.</summary>
    public async Task AppendAsync(long index, RunEvent? happened)
    {
        if (happened is not null && planned?.Invoke(index) is { } what)
        {
            var entry = RunEventEntry.Next(batch, what, _runs[index], happened);
            ThrowIfFenced(await writer.AppendAsync([entry with { Epoch = epoch }]));
            _runs[index] = entry.After;
        }
    }

    /// <exception cref="JournalException">An entry was refused: the process stood still, and another one has the batch.</exception>
    public static void ThrowIfFenced(IReadOnlyList<AppendOutcome> outcomes)
    {
        if (outcomes.Contains(AppendOutcome.Fenced))
        {
            throw new JournalException("another process has claimed the batch since, and continues it");
        }
    }
}

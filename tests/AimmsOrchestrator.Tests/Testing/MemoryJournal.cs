using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>A journal in memory.</summary>
internal sealed class MemoryJournal : IJournalWriter, IRunHistory
{
    private readonly List<BatchRecord> _batches = [];
    private readonly Dictionary<long, long> _epochs = [];

    public List<JournalEntry> Entries { get; } = [];

    /// <summary>Whether its process is dead: what is written then is lost.</summary>
    public bool IsCut { get; set; }

    /// <summary>The entries of runs, those of one run in their order.</summary>
    public IEnumerable<RunEventEntry> Events() => Entries.OfType<RunEventEntry>();

    /// <summary>The latest entry of each run.</summary>
    public IEnumerable<RunEventEntry> Latest() =>
        Events().GroupBy(entry => (entry.Batch, entry.Planned.Index)).Select(run => run.Last());

    /// <summary>The service that a batch was opened for; empty for one that was not opened here.</summary>
    public string ServiceOf(long batch) => _batches.Find(record => record.Number == batch)?.ServiceAddress ?? "";

    /// <returns>The batch's new epoch.</returns>
    public long Claim(long batch) => _epochs[batch] = _epochs.GetValueOrDefault(batch) + 1;

    public ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch)
    {
        var counter = _batches.Count(record => record.Scenario == batch.Scenario) + 1;
        var record = new BatchRecord
        {
            Number = _batches.Count + 1,
            Id = new BatchId($"{batch.Scenario}-{counter}"),
            Scenario = batch.Scenario,
            Fingerprint = batch.Fingerprint,
            SourceFile = batch.SourceFile,
            ServiceAddress = batch.ServiceAddress,
            ParameterNames = batch.ParameterNames,
            ResultNames = batch.ResultNames,
            StartedAt = batch.At,
        };
        _batches.Add(record);
        return new ValueTask<BatchRecord>(record);
    }

    public ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group)
    {
        var outcomes = group
            .Select(entry =>
                !entry.NeedsClaim || entry.Epoch == _epochs.GetValueOrDefault(entry.Batch)
                    ? AppendOutcome.Appended
                    : AppendOutcome.Fenced
            )
            .ToList();
        if (!IsCut)
        {
            Entries.AddRange(group.Where((_, i) => outcomes[i] == AppendOutcome.Appended));
        }

        return new ValueTask<IReadOnlyList<AppendOutcome>>(outcomes);
    }

    IReadOnlyList<RunEvent> IRunHistory.Events(long batch, long index) =>
        [.. Events().Where(e => e.Batch == batch && e.Planned.Index == index).Select(e => e.Event)];

    public IReadOnlyDictionary<long, IReadOnlyList<RunEvent>> Unfinished(long batch) =>
        Events()
            .Where(entry => entry.Batch == batch)
            .GroupBy(entry => entry.Planned.Index)
            .Where(run => !run.Last().After.Phase.IsEnded())
            .ToDictionary(run => run.Key, IReadOnlyList<RunEvent> (run) => [.. run.Select(entry => entry.Event)]);

    public void Dispose() { }
}

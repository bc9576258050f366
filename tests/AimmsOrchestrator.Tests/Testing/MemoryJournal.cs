using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>A journal in memory, of one batch.</summary>
internal sealed class MemoryJournal : IJournalWriter, IJournalReader
{
    public List<JournalEntry> Entries { get; } = [];

    /// <summary>Whether its process is dead: what is written then is not kept.</summary>
    public bool IsCut { get; set; }

    public void Commit(IReadOnlyList<JournalEntry> group)
    {
        if (!IsCut)
        {
            Entries.AddRange(group);
        }
    }

    public IReadOnlyList<RunEvent> Events(long batch, long index) =>
        [.. Entries.OfType<RunEventEntry>().Where(step => step.Run.Index == index).Select(step => step.Event)];

    public BatchRecord OpenBatch(NewBatch batch) => throw new NotSupportedException();

    public IReadOnlyList<BatchRecord> Batches() => throw new NotSupportedException();

    public BatchRecord? Find(string? name) => throw new NotSupportedException();

    public StoredScenario Scenario(long batch) => throw new NotSupportedException();

    public IEnumerable<RunRecord> Runs(long batch) => throw new NotSupportedException();

    public IReadOnlyList<RunRecord> LatestEnded(long batch, int most) => throw new NotSupportedException();

    public StateCounts CountByState(long batch) => throw new NotSupportedException();

    public IReadOnlyDictionary<long, IReadOnlyList<RunEvent>> Unfinished(long batch) =>
        throw new NotSupportedException();

    public IReadOnlyList<TimeSpan> Durations(string serviceAddress, string? serviceName, int most) =>
        throw new NotSupportedException();

    public bool HasResults() => throw new NotSupportedException();

    public IEnumerable<long> Ended(long batch) => throw new NotSupportedException();

    public IReadOnlyDictionary<string, long> Marks(long batch) => throw new NotSupportedException();

    public long CountReused(long batch) => throw new NotSupportedException();

    public IEnumerable<RetainedTask> KeptTasks(long batch) => throw new NotSupportedException();

    public IEnumerable<StoredResponse> Responses(long batch) => throw new NotSupportedException();

    public bool CopyResponse(long batch, long index, Stream output) => throw new NotSupportedException();

    public void Dispose() { }
}

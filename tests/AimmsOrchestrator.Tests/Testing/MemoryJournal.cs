using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>A journal in memory.</summary>
internal sealed class MemoryJournal : IJournalWriter, IRunHistory
{
    private readonly List<BatchRecord> _batches = [];
    private readonly Dictionary<long, long> _epochs = [];
    private readonly Dictionary<RunReference, RunEventEntry> _latest = [];

    public List<JournalEntry> Entries { get; } = [];

    /// <summary>Whether its process is dead: what is written then is lost.</summary>
    public bool IsCut { get; set; }

    /// <summary>Called before entries are appended; can be made to throw, as a bug would.</summary>
    public Action OnAppend { get; set; } = () => { };

    /// <summary>The entries of runs, those of one run in their order.</summary>
    public IEnumerable<RunEventEntry> Events() => Entries.OfType<RunEventEntry>();

    /// <summary>The latest entry of each run.</summary>
    public IEnumerable<RunEventEntry> Latest() =>
        Events().GroupBy(entry => (entry.Batch, entry.Planned.Index)).Select(run => run.Last());

    /// <summary>The service that a batch was opened for; empty for one that was not opened here.</summary>
    public string ServiceOf(long batch) => _batches.Find(record => record.Number == batch)?.ServiceAddress ?? "";

    /// <returns>The batch's new epoch.</returns>
    public long Claim(long batch)
    {
        Released.RemoveWhere(run => run.Batch == batch);
        return _epochs[batch] = _epochs.GetValueOrDefault(batch) + 1;
    }

    public ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch) => new(Open(batch));

    public BatchRecord Open(NewBatch batch)
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
        return record;
    }

    public ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group)
    {
        OnAppend();
        return new ValueTask<IReadOnlyList<AppendOutcome>>([.. group.Select(Append)]);
    }

    /// <summary>The runs whose slots were freed while their batches were left.</summary>
    public HashSet<RunReference> Released { get; } = [];

    /// <summary>What batches demand of their accounts, and since when.</summary>
    public SortedDictionary<long, (Demand Demand, DateTimeOffset At)> Demands { get; } = [];

    /// <summary>The account of a batch; null where it shares none.</summary>
    public string? AccountOf(long batch) =>
        ServiceAccount.NameOf(ServiceOf(batch)) is var name && name == ServiceAccount.Emulator ? null : name;

    public IEnumerable<string> Accounts() =>
        _batches.Select(batch => AccountOf(batch.Number)).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    /// <summary>The latest entries of the runs that hold a slot of an account.</summary>
    public IEnumerable<RunEventEntry> Holding(string account) =>
        _latest.Values.Where(entry =>
            entry.After.Phase.MayHoldSlot()
            && AccountOf(entry.Batch) == account
            && !Released.Contains(new RunReference(entry.Batch, entry.Planned.Index))
        );

    public AccountUse UseOf(string account) =>
        Holding(account).Aggregate(new AccountUse(), (use, entry) => use.Plus(AccountUse.Of(entry.After.Phase)));

    /// <summary>Until when the account's service asked for no requests.</summary>
    public DateTimeOffset PausedUntil(string account) =>
        Entries
            .OfType<ServicePaused>()
            .Where(paused => AccountOf(paused.Batch) == account)
            .Select(paused => paused.Until)
            .DefaultIfEmpty()
            .Max();

    public long EpochOf(long batch) => _epochs.GetValueOrDefault(batch);

    public BatchId IdOf(long batch) =>
        _batches.Find(record => record.Number == batch)?.Id ?? new BatchId($"batch-{batch}");

    private AppendOutcome Append(JournalEntry entry)
    {
        if (entry.NeedsClaim && entry.Epoch != EpochOf(entry.Batch))
        {
            return AppendOutcome.Fenced;
        }

        if (
            entry is RunEventEntry { Event: SubmitIntended { At: var at }, Ceiling: { } ceiling }
            && AccountOf(entry.Batch) is { } account
            && !(UseOf(account) with { IsPaused = PausedUntil(account) > at }).Admits(ceiling)
        )
        {
            return AppendOutcome.NoSlot;
        }

        if (IsCut)
        {
            return AppendOutcome.Appended;
        }

        Entries.Add(entry);
        if (entry is RunEventEntry happened)
        {
            _latest[new RunReference(happened.Batch, happened.Planned.Index)] = happened;
        }
        else if (entry is BatchResumed)
        {
            Released.RemoveWhere(run => run.Batch == entry.Batch);
        }

        return AppendOutcome.Appended;
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

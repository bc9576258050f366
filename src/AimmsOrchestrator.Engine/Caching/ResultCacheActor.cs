using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Engine.Actors;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Caching;

/// <summary>
/// Sends no request twice: a run whose key has a result in the journal takes that, and one whose key another run is
/// working on waits for it. It reads the disk, and therefore has a thread of its own.
/// </summary>
/// <param name="cache">Finds results in the journal; used by this actor alone.</param>
/// <param name="responses">Which responses the journal keeps.</param>
internal sealed class ResultCacheActor(IResultCache cache, ResponseKeeping responses) : BatchActor, IWithTimers
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    /// <summary>For how long a database that is away is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<CacheKey, InFlightRun> _inFlight = [];

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ResultCacheCommands.Lookup lookup:
                Find(lookup, tries: 0);
                break;

            case LookupDue due:
                Find(due.Lookup, due.Tries);
                break;

            case ResultCacheCommands.Resume resume:
                _inFlight.TryAdd(Shared(resume.Key), new InFlightRun(resume.Index));
                break;

            case ResultCacheCommands.Release done when _inFlight.TryGetValue(Shared(done.Key), out var run):
                Close(done, run);
                break;

            case ResultCacheCommands.Release:
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>
    /// Runs with one key share the response whatever results they take from it, as long as it is kept. Where only results
    /// are kept, they share those if they take the same ones.
    /// </summary>
    private CacheKey Shared(CacheKey key) => responses == ResponseKeeping.All ? key with { Extraction = default } : key;

    private void Find(ResultCacheCommands.Lookup lookup, int tries)
    {
        try
        {
            Find(lookup);
        }
        catch (JournalException e)
        {
            Fail(lookup, e, tries);
        }
    }

    /// <summary>Looks once more where the journal comes back; else it stops the batch: to send what may have a result would be worse.</summary>
    private void Fail(ResultCacheCommands.Lookup lookup, JournalException error, int tries)
    {
        if (error.IsPassing && tries * BetweenTries < Patience)
        {
            var again = new LookupDue(lookup, tries + 1);
            Timers.StartSingleTimer(again, again, BetweenTries);
        }
        else
        {
            lookup.ReplyTo.Tell(new Status.Failure(error));
        }
    }

    private void Find(ResultCacheCommands.Lookup lookup)
    {
        if (_inFlight.TryGetValue(Shared(lookup.Key), out var run))
        {
            // A run whose actor crashed looks itself up again.
            if (run.Index == lookup.Index)
            {
                lookup.ReplyTo.Tell(new RunFact.CacheMiss());
                return;
            }

            run.Waiting.Add(lookup);
            lookup.ReplyTo.Tell(new RunFact.InFlight());
        }
        else if (Recall(lookup) is { } end)
        {
            lookup.ReplyTo.Tell(new RunFact.CacheHit(end));
        }
        else
        {
            _inFlight.Add(Shared(lookup.Key), new InFlightRun(lookup.Index));
            lookup.ReplyTo.Tell(new RunFact.CacheMiss());
        }
    }

    private CachedOutcome? Recall(ResultCacheCommands.Lookup lookup)
    {
        var (key, extraction) = lookup.Key;
        return cache.Find(key, extraction, lookup.AskedAgainAt)
            ?? (lookup.Key.FormerKey is { } former ? cache.Find(former, extraction, lookup.AskedAgainAt) : null);
    }

    private void Close(ResultCacheCommands.Release done, InFlightRun run)
    {
        if (run.Index != done.Index)
        {
            return;
        }

        _inFlight.Remove(Shared(done.Key));
        foreach (var lookup in run.Waiting)
        {
            // Where the run has left nothing to share, the first that waited for it asks the service itself.
            Find(lookup, tries: 0);
        }
    }

    private sealed record LookupDue(ResultCacheCommands.Lookup Lookup, int Tries);

    /// <summary>A run that works on a key.</summary>
    private sealed class InFlightRun(long index)
    {
        public long Index { get; } = index;

        /// <summary>The runs that wait for it; each takes its own results from the response.</summary>
        public List<ResultCacheCommands.Lookup> Waiting { get; } = [];
    }
}

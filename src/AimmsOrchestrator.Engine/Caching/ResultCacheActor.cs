using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Caching;

/// <summary>
/// Sees to it that no question is asked twice: a run whose key has an answer in the journal takes that, and one whose key
/// another run is working on waits for it. It reads the disk, and therefore has a thread of its own.
/// </summary>
internal sealed class ResultCacheActor : UntypedActor
{
    private readonly IResultCache _book;
    private readonly ResponseKeeping _responses;
    private readonly Dictionary<CacheKey, InFlightRun> _open = [];

    public ResultCacheActor(IResultCache book, ResponseKeeping responses)
    {
        _book = book;
        _responses = responses;
    }

    /// <param name="book">Used by this actor alone.</param>
    /// <param name="responses">Which responses the journal keeps.</param>
    public static Props Props(IResultCache book, ResponseKeeping responses) =>
        Akka.Actor.Props.Create<ResultCacheActor>(book, responses);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ResultCacheCommands.Lookup ask:
                try
                {
                    Answer(ask);
                }
                catch (JournalException e)
                {
                    // The run's own failure, if it stays: sending what may have an answer would be worse.
                    Sender.Tell(new Status.Failure(e));
                }

                break;

            case ResultCacheCommands.Resume goOn:
                _open.TryAdd(Shared(goOn.Key), new InFlightRun(goOn.Index));
                break;

            case ResultCacheCommands.Release done when _open.TryGetValue(Shared(done.Key), out var question):
                Close(done, question);
                break;

            case ResultCacheCommands.Release:
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>
    /// Whatever figures they take, runs share the answer to one question, as long as its response is kept. Where only figures
    /// are, they share it if they take the same ones.
    /// </summary>
    private CacheKey Shared(CacheKey question) =>
        _responses == ResponseKeeping.All ? question with { Extraction = default } : question;

    private void Answer(ResultCacheCommands.Lookup ask)
    {
        if (_open.TryGetValue(Shared(ask.Key), out var question))
        {
            // A run whose actor crashed asks again for itself.
            if (question.Asker == ask.Index)
            {
                Sender.Tell(new RunFact.CacheMiss());
                return;
            }

            question.Waiting.Add((Sender, ask.Key));
            Sender.Tell(new RunFact.InFlight());
        }
        else if (_book.Find(ask.Key.Key, ask.Key.Extraction) is { } end)
        {
            Sender.Tell(new RunFact.CacheHit(end));
        }
        else
        {
            _open.Add(Shared(ask.Key), new InFlightRun(ask.Index));
            Sender.Tell(new RunFact.CacheMiss());
        }
    }

    private void Close(ResultCacheCommands.Release done, InFlightRun question)
    {
        if (question.Asker != done.Index)
        {
            return;
        }

        _open.Remove(Shared(done.Key));
        foreach (var (run, own) in question.Waiting)
        {
            try
            {
                // Without an end the run was left, and so is everybody who waits for it.
                if (_book.Find(own.Key, own.Extraction) is { } end)
                {
                    run.Tell(new RunFact.CacheHit(end));
                }
            }
            catch (JournalException e)
            {
                run.Tell(new Status.Failure(e));
            }
        }
    }

    /// <summary>A question that a run is working on.</summary>
    private sealed class InFlightRun(long asker)
    {
        public long Asker { get; } = asker;

        /// <summary>Who waits for it; each takes its own figures from the answer.</summary>
        public List<(IActorRef Run, CacheKey Question)> Waiting { get; } = [];
    }
}

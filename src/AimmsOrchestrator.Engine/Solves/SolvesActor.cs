using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Actors;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Solves;

/// <summary>
/// Asks now and then how far the solvers of long tasks are: one request at a time, of the task that was not asked for the
/// longest time. Nothing waits for it, and a service that knows nothing is left alone.
/// </summary>
/// <param name="batch">The batch's number in the journal.</param>
/// <param name="monitor">Whom it asks.</param>
/// <param name="journal">Keeps the latest answer of each run.</param>
/// <param name="throttle">Grants the requests.</param>
/// <param name="every">The time between two requests.</param>
/// <param name="time">The clock.</param>
internal sealed class SolvesActor(
    long batch,
    ISolveMonitor monitor,
    IActorRef journal,
    IActorRef throttle,
    TimeSpan every,
    TimeProvider time
) : RequestingActor
{
    /// <summary>A task that has just begun says nothing that a person waits for.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>After that many requests without any answer the models are taken to write none.</summary>
    private const int MostUnknown = 100;

    private readonly Dictionary<long, Solve> _solves = [];
    private long? _asked;
    private int _unknown;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Due), Due.Instance, every);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SolveCommands.Watch c:
                _solves.TryAdd(c.Run, new Solve(c.Task, c.Since, c.Since));
                break;

            case SolveCommands.Unwatch c:
                _solves.Remove(c.Run);
                break;

            case Due when _asked is null && Next() is { } next:
                _asked = next;
                throttle.Tell(new ThrottleCommands.Acquire(PermitId.Solves, PermitKind.Request));
                break;

            case Due:
                break;

            case Grant:
                Ask();
                break;

            case Answered answered:
                Take(answered.Reply);
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private long? Next()
    {
        var now = time.GetUtcNow();
        return _solves
            .Where(solve => now - solve.Value.Since >= Shortest)
            .OrderBy(solve => solve.Value.AskedAt)
            .Select(solve => (long?)solve.Key)
            .FirstOrDefault();
    }

    /// <summary>The task may have ended while the permit was waited for; another one takes its turn then.</summary>
    private void Ask()
    {
        _asked = _asked is { } asked && _solves.ContainsKey(asked) ? asked : Next();
        if (_asked is not { } run)
        {
            return;
        }

        _solves[run] = _solves[run] with { AskedAt = time.GetUtcNow() };
        _ = monitor
            .GetSolveStatusAsync(_solves[run].Task, Stopped)
            .PipeTo(Self, success: reply => new Answered(reply), failure: e => new Status.Failure(e));
    }

    private void Take(Reply<SolveStatus> reply)
    {
        throttle.Tell(ThrottleCommands.ReportOutcome.From(reply.Fault));
        if (reply.IsSuccess && _asked is { } run)
        {
            _unknown = int.MinValue;
            var solve = new RunSolve(run, reply.Value, time.GetUtcNow());
            journal.Tell(new JournalCommands.Append(new SolveSeen(batch, solve), IsAcknowledged: false));
        }
        else if (++_unknown == MostUnknown)
        {
            Timers.Cancel(nameof(Due));
        }

        _asked = null;
    }

    private sealed record Solve(TaskId Task, DateTimeOffset Since, DateTimeOffset AskedAt);

    private sealed record Answered(Reply<SolveStatus> Reply);

    private sealed record Due
    {
        public static readonly Due Instance = new();
    }
}

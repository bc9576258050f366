using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Cleanup;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Progress;
using AimmsOrchestrator.Engine.Settlement;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>
/// Takes one run from its submit to its result. The <see cref="RunRules"/> decide; this shell does, in a ring: a fact
/// comes in, the decision's events go to the journal, its effects are performed once they are on disk, and what those
/// bring is the next fact. At most one thing is under way at a time: a timer, a permit asked for, or a request.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor disposes of what it owns in PostStop.")]
internal sealed class TaskActor : UntypedActor, IWithTimers
{
    private readonly RunContext _around;
    private readonly PlannedRun _planned;
    private readonly PermitId _permit;
    private readonly RunFact _first;
    private readonly TaskRequests _requests;
    private readonly CancellationTokenSource _gone = new();
    private Run _run;
    private string? _stateShown;
    private IReadOnlyList<RunEffect>? _held;
    private RunEffect.Permitted? _next;
    private RunResults? _results;
    private bool _isHarvested;
    private bool _isLeaving;

    public TaskActor(RunContext around, PlannedRun planned, PermitId permit, Run run, RunFact first)
    {
        _around = around;
        _planned = planned;
        _permit = permit;
        _run = run;
        _first = first;
        _requests = new TaskRequests(around.Service, around.Throttle, Self);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="around">What all runs of the batch share.</param>
    /// <param name="planned">The run.</param>
    /// <param name="permit">The place it holds at the service.</param>
    /// <param name="run">Where it stands: new, or folded from the journal.</param>
    /// <param name="first">What it begins with: being admitted, or going on.</param>
    public static Props Props(RunContext around, PlannedRun planned, PermitId permit, Run run, RunFact first) =>
        Akka.Actor.Props.Create<TaskActor>(around, planned, permit, run, first);

    protected override void PreStart()
    {
        // A restarted run is counted where it stands already.
        _stateShown = _first is RunFact.Restarted ? _run.Phase.Word(_run.TaskState) : null;
        Handle(_first);
    }

    protected override void PostStop()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RunFact.DrainRequested harvest:
                Drain(harvest);
                break;

            case RunFact fact:
                Handle(fact);
                break;

            case JournalNotifications.Appended when _held is { } effects:
                _held = null;
                PerformOrDetach(effects);
                break;

            case WaitElapsed:
                Acquire();
                break;

            case ThrottleNotifications.Granted { Kind: PermitKind.Submit }:
                Handle(new RunFact.SubmitAllowed());
                break;

            case ThrottleNotifications.Granted { Kind: PermitKind.Request }:
                _requests.Send(_next, _gone.Token);
                break;

            case TaskRequests.StillQueued queued:
                _requests.Delete(queued.Task, _gone.Token);
                break;

            case RunCommands.Detach:
                _isLeaving = true;
                if (_held is null && _run.Phase != RunPhase.Submitting)
                {
                    Detach();
                }

                break;

            case Status.Failure failure:
                ExceptionDispatchInfo.Throw(failure.Cause);
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void Drain(RunFact.DrainRequested fact)
    {
        _isHarvested = true;
        if (_held is null)
        {
            Handle(fact);
            return;
        }

        // What is being written down decides first; the rules see it with the next fact.
        _run = _run with
        {
            IsDraining = true,
        };
    }

    private void Handle(RunFact fact)
    {
        var decision = _around.Rules.Integrate(
            _run,
            fact,
            _around.Time.GetUtcNow(),
            _around.Chance(),
            _around.Durations.Times
        );
        _run = decision.Next;
        ShowState();

        var isAwaited = false;
        foreach (var step in decision.Events)
        {
            isAwaited |= step.PersistBeforeEffects;
            _results = (step as RunCompleted)?.Results ?? (step as RunReused)?.Results;
            if (step is TaskCompleted completed)
            {
                _around.Durations.Add(completed.Task);
            }

            _around.Journal.Tell(
                new JournalCommands.Append(new RunEventEntry(_around.Batch, _planned, step), step.PersistBeforeEffects),
                Self
            );
        }

        if (isAwaited)
        {
            _held = decision.Effects;
        }
        else
        {
            PerformOrDetach(decision.Effects);
        }
    }

    private void PerformOrDetach(IReadOnlyList<RunEffect> effects)
    {
        // A submit that is intended on disk is carried through: without its answer nobody would know its fate.
        // And whoever would have to submit after the batch's harvest has nothing to wait for.
        var isToLeave = _isLeaving || (_isHarvested && _run.Phase == RunPhase.Pending);
        if (isToLeave && _run.Phase != RunPhase.Submitting && !_run.Phase.IsEnded())
        {
            Detach();
            return;
        }

        foreach (var effect in effects)
        {
            Perform(effect);
        }
    }

    private void Perform(RunEffect effect)
    {
        switch (effect)
        {
            case RunEffect.Permitted e:
                AcquireAfter(e);
                break;

            case RunEffect.PollNow e:
                if (Timers.IsTimerActive(WaitElapsed.Instance))
                {
                    Timers.Cancel(WaitElapsed.Instance);
                    AcquireAfter(new RunEffect.Poll(e.Task, TimeSpan.Zero));
                }

                break;

            case RunEffect.Settle e:
                Settle(e);
                break;

            case RunEffect.Submit e:
                _requests.Submit(_planned.Request!, e.Attempt, _gone.Token);
                break;

            case RunEffect.ExtractResults e:
                ExtractResults(e);
                break;

            case RunEffect.ReleaseSubmit:
                _around.Throttle.Tell(new ThrottleCommands.Release(_permit, PermitKind.Submit));
                break;

            case RunEffect.ReleaseSlot:
                _around.Throttle.Tell(new ThrottleCommands.Release(_permit, PermitKind.Slot));
                break;

            case RunEffect.PauseFor e:
                _around.Throttle.Tell(new ThrottleCommands.PauseFor(e.Duration));
                break;

            case RunEffect.StopBatch e:
                Context.Parent.Tell(new RunNotifications.ServiceRefused(e.Fault));
                Detach();
                break;

            case RunEffect.Detach:
                Detach();
                break;

            case RunEffect.Finish:
                Finish();
                break;

            default:
                throw new InvalidOperationException($"A task actor has no way to do {effect.GetType().Name}.");
        }
    }

    private void ExtractResults(RunEffect.ExtractResults effect)
    {
        var figures = _around.Results.Read(_planned, effect.Task, effect.Response);
        var reading = _around.Results.ExtractionKeyOf(_planned);
        Handle(new RunFact.ResultsExtracted(effect.Response, figures, effect.Earlier) { ExtractionKey = reading });
    }

    private void Settle(RunEffect.Settle effect)
    {
        var submit = LostSubmit.Of(_planned.Request!.Target, effect.IntendedAt, effect.LostAt);
        _around.Throttle.Tell(new ThrottleCommands.MarkUnconfirmed(_permit));
        _around.Settlement.Tell(new SettlementCommands.Settle(_planned.Index, effect.Attempt, submit));
    }

    private void AcquireAfter(RunEffect.Permitted effect)
    {
        _next = effect;
        if (effect.After > TimeSpan.Zero)
        {
            Timers.StartSingleTimer(WaitElapsed.Instance, WaitElapsed.Instance, effect.After);
        }
        else
        {
            Acquire();
        }
    }

    private void Acquire()
    {
        var kind = _next is RunEffect.AskToSubmit ? PermitKind.Submit : PermitKind.Request;
        _around.Throttle.Tell(new ThrottleCommands.Acquire(_permit, kind));
    }

    private void Finish()
    {
        if (_results is { } results)
        {
            var success = new RunSuccess(_planned.Index, _planned.Name, results.ValuesJson);
            _around.Progress.Tell(new ProgressNotifications.ResultAdded(success));
        }

        if (_run is { Phase: RunPhase.Completed, TaskId: { } task })
        {
            _around.Cleanup.Tell(new CleanupCommands.Delete(_planned.Index, task));
        }

        Context.Parent.Tell(new RunNotifications.Ended(_permit, _run.Phase, _results));
        Context.Stop(Self);
    }

    private void Detach()
    {
        Context.Parent.Tell(new RunNotifications.Detached(_permit));
        Context.Stop(Self);
    }

    private void ShowState()
    {
        var state = _run.Phase.Word(_run.TaskState);
        if (state == _stateShown)
        {
            return;
        }

        _around.Progress.Tell(new ProgressNotifications.RunMoved(_stateShown, state));
        _stateShown = state;
        if (_run.Error is { } error)
        {
            _around.Progress.Tell(
                new ProgressNotifications.FailureAdded(new RunFailure(_planned.Index, _planned.Name, error.Message))
            );
        }
    }

    /// <summary>A wait is over.</summary>
    private sealed class WaitElapsed
    {
        public static readonly WaitElapsed Instance = new();
    }
}

using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Caching;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Progress;
using AimmsOrchestrator.Engine.Runs;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>The actors of the active runs, and the effects that concern one run.</summary>
/// <param name="shared">What all runs of the batch share.</param>
internal sealed class ActiveRunActors(RunContext shared)
{
    private readonly Dictionary<PermitId, IActorRef> _actors = [];
    private readonly Dictionary<IActorRef, PermitId> _permits = [];

    /// <summary>What has happened to the batch when a run's actor throws; null where its run is done.</summary>
    public BatchFact? FactOf(IActorRef actor, Exception reason)
    {
        if (!_permits.TryGetValue(actor, out var permit))
        {
            return null;
        }

        // A journal that cannot be read is no bug of the run's actor, and the next run would meet it too.
        return reason is JournalException
            ? new BatchFact.JournalFailed(reason.Message)
            : new BatchFact.RunCrashed(permit, reason.GetBaseException().Message);
    }

    /// <summary>Performs an effect.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="supervisor">The supervisor, as the parent of the actors.</param>
    /// <exception cref="InvalidOperationException">The effect does not concern one run.</exception>
    public void Perform(BatchEffect effect, IActorContext supervisor)
    {
        switch (effect)
        {
            case BatchEffect.StartRun e:
                Start(e, supervisor);
                break;

            case BatchEffect.LookUp { Active: { Key: { } key, Planned.Index: var index } } e:
                shared.ResultCache.Tell(
                    e.IsSent
                        ? new ResultCacheCommands.Resume(key, index)
                        : new ResultCacheCommands.Lookup(key, index, _actors[e.Permit])
                        {
                            AskedAgainAt = e.AskedAgainAt,
                        }
                );
                break;

            case BatchEffect.ReleaseKey { Active: { Key: { } key, Planned.Index: var index } }:
                shared.ResultCache.Tell(new ResultCacheCommands.Release(key, index));
                break;

            case BatchEffect.SendToRun e:
                _actors[e.Permit].Tell(e.Fact);
                break;

            case BatchEffect.SendToRuns e:
                foreach (var actor in _actors.Values)
                {
                    actor.Tell(e.Fact);
                }

                break;

            case BatchEffect.Replay e:
                shared.Journal.Tell(new JournalCommands.Replay(shared.Batch, e.Index));
                break;

            case BatchEffect.RecordFailure e:
                RecordFailure(e);
                break;

            default:
                PerformPermit(effect);
                break;
        }
    }

    private void PerformPermit(BatchEffect effect)
    {
        switch (effect)
        {
            case BatchEffect.RequestSlot e:
                shared.Throttle.Tell(new ThrottleCommands.Acquire(e.Permit, PermitKind.Slot));
                break;

            case BatchEffect.MarkUnconfirmed e:
                shared.Throttle.Tell(new ThrottleCommands.MarkUnconfirmed(e.Permit));
                break;

            case BatchEffect.ReleaseSubmit e:
                shared.Throttle.Tell(new ThrottleCommands.Release(e.Permit, PermitKind.Submit));
                break;

            case BatchEffect.ReleaseAll e:
                Forget(e.Permit);
                shared.Throttle.Tell(new ThrottleCommands.ReleaseAll(e.Permit));
                break;

            default:
                throw new InvalidOperationException($"A supervisor has no way to do {effect.GetType().Name}.");
        }
    }

    /// <summary>Names are ordinals, never a person's text; a crashed actor's name is not used again.</summary>
    private void Start(BatchEffect.StartRun start, IActorContext supervisor)
    {
        var permit = start.Permit;
        Forget(permit);
        var producer = new TaskActorProducer(shared, start);
        var actor = supervisor.ActorOf(Props.CreateBy(producer), $"run-{permit.Value}-{start.Active.Crashes}");
        supervisor.WatchWith(actor, new BatchFact.RunStopped(permit));
        (_actors[permit], _permits[actor]) = (actor, permit);
    }

    private void Forget(PermitId permit)
    {
        if (_actors.Remove(permit, out var actor))
        {
            _permits.Remove(actor);
        }
    }

    private void RecordFailure(BatchEffect.RecordFailure effect)
    {
        var entry = RunEventEntry.Next(shared.Batch, effect.Active.Planned, effect.Before, effect.Failed);
        shared.Journal.Tell(new JournalCommands.Append(entry, IsAcknowledged: false));
        shared.Progress.Tell(
            new ProgressNotifications.RunMoved(effect.Before.Phase.ToState(effect.Before.TaskState), RunState.Failed)
        );
    }
}

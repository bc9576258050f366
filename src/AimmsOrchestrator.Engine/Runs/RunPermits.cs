using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>What a run gives back to the throttle, and what it makes others wait for.</summary>
/// <param name="shared">What all runs of the batch share.</param>
/// <param name="permit">The run's permits.</param>
internal sealed class RunPermits(RunContext shared, PermitId permit)
{
    /// <summary>Performs an effect.</summary>
    /// <exception cref="InvalidOperationException">The effect concerns no permit.</exception>
    public void Perform(RunEffect effect)
    {
        switch (effect)
        {
            case RunEffect.ReleaseSubmit:
                shared.Throttle.Tell(new ThrottleCommands.Release(permit, PermitKind.Submit));
                break;

            case RunEffect.ReleaseSlot:
                shared.Throttle.Tell(new ThrottleCommands.Release(permit, PermitKind.Slot));
                break;

            case RunEffect.AwaitAccount:
                shared.Throttle.Tell(new ThrottleCommands.AwaitAccount(permit));
                break;

            case RunEffect.PauseFor e:
                shared.Throttle.Tell(new ThrottleCommands.PauseFor(e.Duration));
                var paused = new ServicePaused(shared.Batch, shared.Time.GetUtcNow() + e.Duration);
                shared.Journal.Tell(new JournalCommands.Append(paused, IsAcknowledged: false));
                break;

            default:
                throw new InvalidOperationException($"A task actor has no way to do {effect.GetType().Name}.");
        }
    }
}

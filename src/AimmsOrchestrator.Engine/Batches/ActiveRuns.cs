using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Domain.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>The runs under way, by the permit that each holds.</summary>
internal sealed class ActiveRuns
{
    private readonly Dictionary<PermitId, ActiveRun> _byPermit = [];

    public int Count => _byPermit.Count;

    public void Add(PermitId permit, ActiveRun run) => _byPermit.Add(permit, run);

    public void Remove(PermitId permit) => _byPermit.Remove(permit);

    public bool TryGet(PermitId permit, [MaybeNullWhen(false)] out ActiveRun run) =>
        _byPermit.TryGetValue(permit, out run);

    /// <summary>The run of a place in the batch; null where it is not under way.</summary>
    public (PermitId Permit, ActiveRun Run)? At(long index)
    {
        foreach (var (permit, run) in _byPermit)
        {
            if (run.Planned.Index == index)
            {
                return (permit, run);
            }
        }

        return null;
    }

    /// <summary>An actor threw; its run remembers that.</summary>
    public void Crashed(IActorRef actor, Exception exception)
    {
        foreach (var run in _byPermit.Values.Where(run => run.Actor.Equals(actor)))
        {
            run.Crashes++;
            run.CrashMessage = exception.GetBaseException().Message;
        }
    }

    public void TellAll(object message)
    {
        foreach (var run in _byPermit.Values)
        {
            run.Actor.Tell(message);
        }
    }
}

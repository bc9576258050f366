using AimmsOrchestrator.Domain.Batches;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>
/// Makes one run's actor. <c>Props.Create(() => …)</c> compiles an expression for each argument: too slow for something
/// that happens once per run.
/// </summary>
internal sealed class TaskActorProducer(RunContext shared, BatchEffect.StartRun start) : IIndirectActorProducer
{
    public Type ActorType => typeof(TaskActor);

    public ActorBase Produce() => new TaskActor(shared, start.Active, start.Permit, start.Run, start.First);

    public void Release(ActorBase actor) { }
}

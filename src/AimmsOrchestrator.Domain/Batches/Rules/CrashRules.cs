using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Batches.Rules;

/// <summary>
/// What follows when a run's actor stops. A crashed run is never restarted from memory: what it had done is in the
/// journal, and nowhere else.
/// </summary>
internal static class CrashRules
{
    /// <summary>After more crashes than these the run has failed by a bug in this program.</summary>
    public const int MaxCrashes = 2;

    /// <summary>A run's actor threw.</summary>
    public static BatchDecision Crashed(Batch batch, BatchFact.RunCrashed crash, ActiveRun run) =>
        BatchDecision.Of(
            With(batch, crash.Permit, run with { Crashes = run.Crashes + 1, CrashMessage = crash.Message })
        );

    /// <summary>
    /// A run's actor has stopped. A run that is done gives everything back. The slot of a crashed one stays its own: the
    /// service may still have its task, and perhaps its POST was under way.
    /// </summary>
    public static BatchDecision Stopped(Batch batch, PermitId permit, ActiveRun run)
    {
        if (!run.IsDone)
        {
            var index = run.Planned.Index;
            return BatchDecision.Of(
                batch with
                {
                    Replaying = batch.Replaying.SetItem(index, permit),
                },
                new BatchEffect.MarkUnconfirmed(permit),
                new BatchEffect.Replay(index)
            );
        }

        var next = batch with
        {
            Active = batch.Active.Remove(permit),
            Replaying = batch.Replaying.Remove(run.Planned.Index),
        };
        return run.Key is null
            ? BatchDecision.Of(next, new BatchEffect.ReleaseAll(permit))
            : BatchDecision.Of(next, new BatchEffect.ReleaseKey(run), new BatchEffect.ReleaseAll(permit));
    }

    /// <summary>The journal gave a crashed run back.</summary>
    public static BatchDecision Replayed(Batch batch, PermitId permit, ActiveRun active, Run run, DateTimeOffset now)
    {
        if (active.Crashes <= MaxCrashes)
        {
            var restart = AdmissionRules.Start(
                batch with
                {
                    Replaying = batch.Replaying.Remove(active.Planned.Index),
                },
                permit,
                active,
                run,
                new RunFact.Restarted(IsServiceNew: false, active.Planned.Defect)
            );

            // No POST was under way: others may submit.
            return run.Phase.IsUnconfirmed()
                ? restart
                : restart with
                {
                    Effects = [new BatchEffect.ReleaseSubmit(permit), .. restart.Effects],
                };
        }

        return RunCommandRules.Decide(run, new RunCommand.FailAsBug(active.CrashMessage ?? ""), now) is RunFailed failed
            ? BatchDecision.Of(
                batch,
                new BatchEffect.RecordFailure(active, run, failed),
                new BatchEffect.Replay(active.Planned.Index)
            )
            // On disk, where the runs that wait for its result find it.
            : BatchDecision.Of(batch, new BatchEffect.CountEnd(permit, run.Phase));
    }

    /// <summary>The run's end, or that it was detached, is known.</summary>
    public static Batch Done(Batch batch, PermitId permit, ActiveRun run) =>
        With(batch, permit, run with { IsDone = true });

    private static Batch With(Batch batch, PermitId permit, ActiveRun run) =>
        batch with
        {
            Active = batch.Active.SetItem(permit, run),
        };
}

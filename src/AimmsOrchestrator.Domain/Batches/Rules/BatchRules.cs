namespace AimmsOrchestrator.Domain.Batches.Rules;

/// <summary>
/// What follows from what happens to a batch, as functions of the batch, the fact and the time: admission, counts, stops,
/// the deadline, crashes and the end.
/// </summary>
/// <param name="plan">What the scenario says.</param>
/// <param name="start">What this execution begins with.</param>
public sealed class BatchRules(BatchPlan plan, ExecutionStart start)
{
    private readonly AdmissionRules _admission = new(
        plan.Limits.MaxUnfinishedTasks,
        start.FirstRuns,
        start.IsServiceNew
    );
    private readonly StopRules _stops = new(plan.FailureBudget, plan.Runs.Count, start.Tally);
    private readonly DeadlineRules? _deadline = plan.StopAt is { } stopAt ? new DeadlineRules(stopAt, start.At) : null;
    private readonly EndRules _ends = new(
        plan.Runs.Count,
        start.IsOnlyBegun,
        start.Only,
        plan.DeletesTasks,
        plan.StopAt
    );

    /// <summary>The batch that this execution begins with.</summary>
    public Batch Start { get; } = new() { Tally = start.Tally, IsPaused = start.IsPaused };

    /// <summary>Whether the passing of time changes anything.</summary>
    public bool HasDeadline => _deadline is not null;

    /// <summary>What follows from a fact; nothing where the fact is out of date.</summary>
    /// <param name="batch">The batch before.</param>
    /// <param name="fact">What happened.</param>
    /// <param name="now">When, UTC.</param>
    public BatchDecision Integrate(Batch batch, BatchFact fact, DateTimeOffset now) =>
        fact switch
        {
            BatchFact.JournalFailed f => Abandon(batch, new BatchStop(BatchEnd.JournalLost, f.Reason)),
            BatchFact.ActorFailed f => f.IsJournal || !batch.IsEnding
                ? Abandon(batch, BatchStop.OfBug(f.Role, f.Bug))
                : BatchDecision.Of(batch),
            BatchFact.EndRecorded when batch.IsEnding => BatchDecision.Of(batch, new BatchEffect.Finish(batch.Outcome)),

            // The run that is taken comes as the next fact; only then is it clear how many slots are wanted.
            BatchFact.SlotGranted f when batch.SlotRequests.Contains(f.Permit) && batch.MayAdmit =>
                AdmissionRules.Grant(batch, f.Permit),
            BatchFact.TaskCompleted f => Learn(batch, f),
            _ => Handle(batch, fact, now).Then(_admission.RequestSlots).Then(_ends.EndIfOver),
        };

    /// <summary>
    /// Finishes at once: nothing more can be waited for or written. An earlier reason to stop does not count any more, since it
    /// is not on disk.
    /// </summary>
    private static BatchDecision Abandon(Batch batch, BatchStop stop) =>
        StopRules
            .Stop(batch with { Stop = null }, stop)
            .Then(next => BatchDecision.Of(next, new BatchEffect.Finish(next.Outcome)));

    private static BatchDecision Learn(Batch batch, BatchFact.TaskCompleted fact)
    {
        var durations = batch.Durations.Add(fact.QueueTime, fact.RunTime);
        var next = batch with { Durations = durations };
        return durations.Typical == batch.Durations.Typical
            ? BatchDecision.Of(next)
            : BatchDecision.Of(next, new BatchEffect.PublishDurations(durations.Typical));
    }

    private BatchDecision Handle(Batch batch, BatchFact fact, DateTimeOffset now) =>
        fact switch
        {
            BatchFact.SlotGranted f when batch.SlotRequests.Contains(f.Permit) => AdmissionRules.Grant(batch, f.Permit),
            BatchFact.RunTaken f => _admission.Admit(batch, f),
            BatchFact.SourceEnded f => BatchDecision.Of(
                batch with
                {
                    IsSourceAtEnd = true,
                },
                new BatchEffect.ReleaseAll(f.Permit)
            ),
            BatchFact.ServiceRefused f => StopRules.Stop(batch, new BatchStop(BatchEnd.ServiceRefused, f.Message)),
            BatchFact.DetachRequested f => StopRules.Stop(batch, f.Stop),
            BatchFact.ControlChanged f => AdmissionRules.Apply(batch, f.Control),
            BatchFact.ClockTicked when _deadline is not null => _deadline.Ticked(batch, now),
            BatchFact.CleanupFinished f => BatchDecision.Of(
                batch with
                {
                    IsCleaning = false,
                    Tally = batch.Tally with { TasksKept = f.Kept },
                }
            ),
            _ => HandleRun(batch, fact, now),
        };

    private BatchDecision HandleRun(Batch batch, BatchFact fact, DateTimeOffset now)
    {
        switch (fact)
        {
            case BatchFact.RunEnded f when batch.Active.TryGetValue(f.Permit, out var run):
                return _stops.Ended(CrashRules.Done(batch, f.Permit, run), f);

            case BatchFact.RunDetached f when batch.Active.TryGetValue(f.Permit, out var run):
                return BatchDecision.Of(CrashRules.Done(batch, f.Permit, run) with { HasDetachedRuns = true });

            case BatchFact.RunCrashed f when batch.Active.TryGetValue(f.Permit, out var run):
                return CrashRules.Crashed(batch, f, run);

            case BatchFact.RunStopped f when batch.Active.TryGetValue(f.Permit, out var run):
                return CrashRules.Stopped(batch, f.Permit, run);

            case BatchFact.RunReplayed f when batch.Replaying.TryGetValue(f.Index, out var permit):
                return CrashRules.Replayed(batch, permit, batch.Active[permit], f.Run, now);

            default:
                return BatchDecision.Of(batch);
        }
    }
}

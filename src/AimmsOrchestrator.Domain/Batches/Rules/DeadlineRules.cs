using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Batches.Rules;

/// <summary>What the scenario's <c>stop.at</c> asks for: submits end, then the runs drain, then the batch is left.</summary>
internal sealed class DeadlineRules(StopTime stopAt, DateTimeOffset start)
{
    private readonly StopSchedule _schedule = stopAt.After(start);

    /// <summary>Why a batch stops when its time has come.</summary>
    public static BatchStop Reason(StopTime stopAt) => new(BatchEnd.Deadline, $"stop.at {stopAt}");

    /// <summary>What is due by now.</summary>
    public BatchDecision Ticked(Batch batch, DateTimeOffset now) =>
        EndSubmits(batch, now).Then(next => Drain(next, now)).Then(next => End(next, now));

    private BatchDecision EndSubmits(Batch batch, DateTimeOffset now) =>
        now >= _schedule.SubmitsEnd && !batch.IsClosing
            ? BatchDecision
                .Of(batch with { IsClosing = true }, new BatchEffect.EndSubmits())
                .Then(AdmissionRules.WithdrawRequests)
            : BatchDecision.Of(batch);

    private BatchDecision Drain(Batch batch, DateTimeOffset now) =>
        now >= _schedule.Drain && !batch.IsDraining
            ? BatchDecision.Of(
                batch with
                {
                    IsDraining = true,
                },
                new BatchEffect.SendToRuns(new RunFact.DrainRequested())
            )
            : BatchDecision.Of(batch);

    /// <summary>Once every run has ended, nothing is left that a deadline could cut short.</summary>
    private BatchDecision End(Batch batch, DateTimeOffset now) =>
        now >= _schedule.End && !batch.IsCleaning ? StopRules.Stop(batch, Reason(stopAt)) : BatchDecision.Of(batch);
}

using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Batches.Cancellation;

/// <summary>Finds the tasks of submits whose answers were lost, for a batch that no process executes any more.</summary>
internal sealed class LostTasks(ITaskService service, ITaskIndex tasks, TimeProvider time)
{
    /// <summary>A submit that was lost just now is adopted after three seconds.</summary>
    private const int MostPolls = 5;

    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(1);

    /// <summary>Why the list could not be read at the last poll; null where it could.</summary>
    public ServiceFault? Fault { get; private set; }

    /// <summary>What a few polls of the list settle; a run that they leave open is left out.</summary>
    public async Task<IReadOnlyDictionary<RunReference, SettlementOutcome>> FindAsync(
        IReadOnlyList<(RunReference Run, LostSubmit Submit)> lost
    )
    {
        var settlement = new SettlementState(SettlementPolicy.Default, time.GetUtcNow());
        settlement = lost.Aggregate(settlement, (state, one) => state.Add(one.Run, one.Submit).Next);
        var found = new Dictionary<RunReference, SettlementOutcome>();
        for (var poll = 1; found.Count < lost.Count; poll++)
        {
            var decision = await PollAsync(settlement);
            settlement = decision.Next;
            foreach (var settled in decision.Settled)
            {
                found[settled.Run] = settled.Outcome;
            }

            if (poll == MostPolls)
            {
                break;
            }

            await Task.Delay(BetweenPolls, time);
        }

        return found;
    }

    private async Task<SettlementDecision> PollAsync(SettlementState settlement)
    {
        var decision = settlement.Poll(time.GetUtcNow());
        while (true)
        {
            switch (decision.Effect)
            {
                case SettlementEffect.GetPage e:
                    var page = await service.ListAsync(e.Filter, CancellationToken.None);
                    Fault = page.IsSuccess ? null : page.Fault;
                    decision = decision.Next.TakePage(page, time.GetUtcNow());
                    break;

                case SettlementEffect.GetTask e:
                    var task = await service.GetStateAsync(e.Task, CancellationToken.None);
                    decision = decision.Next.TakeTask(task, time.GetUtcNow());
                    break;

                case SettlementEffect.ReadJournal e:
                    decision = decision.Next.Judge(tasks.Read(e), time.GetUtcNow());
                    break;

                default:
                    return decision;
            }
        }
    }
}

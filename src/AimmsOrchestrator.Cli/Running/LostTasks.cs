using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Finds the tasks of submits whose answers were lost, for a batch that nobody goes on with.</summary>
internal sealed class LostTasks(ITaskService service, ITaskIndex book, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>The task that can only be this submit's; null where there is none, or the service's list cannot tell.</summary>
    public async Task<TaskId?> FindAsync(RunReference run, LostSubmit submit)
    {
        var before = await LookAsync(submit);
        await Task.Delay(BetweenLooks, time);

        // Before the second look: a rival's POST that is answered meanwhile must not leave its task without an owner.
        var others = book.OpenSubmits().Where(open => open.Run != run).ToLookup(o => o.IsAmbiguous, o => o.ToClaim());
        var list = await LookAsync(submit);
        var rules = new SettlementRules(SettlementPolicy.Default);
        var verdicts = rules.Judge(
            [submit],
            [.. others[false]],
            [.. others[true]],
            list,
            before,
            looks: 2,
            time.GetUtcNow()
        );
        return verdicts[0]?.Task;
    }

    private async Task<ListSnapshot?> LookAsync(LostSubmit submit)
    {
        var walk = new ListPager(submit.IntendedAt - SettlementRules.Neighbourhood);
        while (true)
        {
            var page = await service.ListAsync(walk.Next, CancellationToken.None);
            if (!page.IsSuccess)
            {
                return null;
            }

            if (walk.Add(page.Value))
            {
                var now = time.GetUtcNow();
                var offset = page.Value.ServiceTime is { } there ? there - now : TimeSpan.Zero;
                return ListSnapshot.Of(walk, book, submit.IntendedAt, offset, now);
            }
        }
    }
}

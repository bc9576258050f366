using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>Which POST may have made which orphan of a list.</summary>
/// <param name="evidence">The POSTs.</param>
/// <param name="list">The orphans.</param>
/// <param name="settle">How long after its loss a POST may still be taken.</param>
internal sealed class Origins(SettlementEvidence evidence, ListSnapshot list, TimeSpan settle)
{
    private readonly List<LostSubmit> _all = [.. evidence.Lost, .. evidence.Rivals, .. evidence.Ambiguous];

    /// <summary>The orphans that this POST may have made, by id.</summary>
    public List<TaskId> Matches(LostSubmit submit) => Matches(submit, list);

    /// <summary>The same for an earlier list.</summary>
    public List<TaskId> Matches(LostSubmit submit, ListSnapshot earlier) =>
        [
            .. earlier
                .Orphans.Where(task => CanBe(submit, task, earlier))
                .Select(task => task.Id)
                .OrderBy(id => id.Value, StringComparer.Ordinal),
        ];

    /// <summary>The first orphan that may be this POST's own if the clocks are further apart than they seem; null where there is none.</summary>
    public TaskSnapshot? Doubtful(LostSubmit submit) =>
        list.Orphans.FirstOrDefault(task =>
            !CanBe(submit, task, list) && IsWithin(submit, task, Clock(submit, list).Possible)
        );

    /// <summary>A doubtful orphan that no ambiguous POST of this workspace explains; null where there is none.</summary>
    public TaskSnapshot? Unexplained(LostSubmit submit) =>
        list.Orphans.FirstOrDefault(task =>
            !CanBe(submit, task, list)
            && IsWithin(submit, task, Clock(submit, list).Possible)
            && !evidence.Ambiguous.Any(other => CanBe(other, task, list))
        );

    /// <summary>The other POSTs that may have made this orphan.</summary>
    public List<LostSubmit> Others(LostSubmit submit, TaskId orphan)
    {
        var task = list.Orphans.First(task => task.Id == orphan);
        return [.. _all.Where(other => !ReferenceEquals(other, submit) && IsWithin(other, task, Widest(other)))];
    }

    /// <summary>Whether the answer of this POST may still come.</summary>
    public bool IsUnderWay(LostSubmit submit) =>
        evidence.Now < submit.LostAt && (evidence.Lost.Contains(submit) || evidence.Rivals.Contains(submit));

    /// <summary>An orphan near in time that no POST of this workspace can have made: another client calls the same service.</summary>
    public TaskId? Stranger(LostSubmit submit)
    {
        var since = submit.IntendedAt + Clock(submit, list).Likely.Least - SettlementRules.Neighbourhood;
        var strangers = list.Orphans.Where(task =>
            IsSameService(submit.Target, task)
            && task.CreatedAt >= since
            && !_all.Exists(other => CanBe(other, task, list))
        );
        return strangers.FirstOrDefault()?.Id;
    }

    private bool CanBe(LostSubmit submit, TaskSnapshot task, ListSnapshot on) =>
        IsWithin(submit, task, Clock(submit, on).Likely);

    private bool IsWithin(LostSubmit submit, TaskSnapshot task, ClockOffset offset) =>
        IsSameService(submit.Target, task)
        && (
            task.CreatedAt is not { } at
            || (
                at >= submit.IntendedAt + offset.Least - SettlementRules.Margin
                && at <= submit.OverAt + offset.Most + SettlementRules.Margin + settle
            )
        );

    private static ServiceClock Clock(LostSubmit submit, ListSnapshot on) =>
        on.Clocks.For(submit.InheritedAt is not null);

    /// <summary>Whether an orphan is certainly not another POST's is judged by all that the clocks may be, in any process.</summary>
    private ClockOffset Widest(LostSubmit other) =>
        other.InheritedAt is null && evidence.Lost.Contains(other)
            ? list.Clocks.Own.Possible
            : ClockOffset.Hull(list.Clocks.Own.Possible, list.Clocks.Inherited.Possible);

    /// <summary>What the service leaves out of its list cannot tell two tasks apart.</summary>
    private static bool IsSameService(TaskTarget? target, TaskSnapshot task) =>
        target is null
        || (
            (task.ServiceName is null || task.ServiceName.Equals(target.Service, StringComparison.OrdinalIgnoreCase))
            && (target.App is null || task.AppName is null || task.AppName == target.App)
            && (target.Version is null || task.AppVersion is null || task.AppVersion == target.Version)
        );
}

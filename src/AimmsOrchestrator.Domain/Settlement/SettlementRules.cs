using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>
/// Tells from the service's list of tasks what became of POSTs whose answers were lost. <c>README.md</c> beside this file
/// says why each rule is as it is.
/// </summary>
/// <param name="policy">How long to look.</param>
public sealed class SettlementRules(SettlementPolicy policy)
{
    /// <summary>
    /// How far apart a task's creation and our own note of the POST may seem: the service's clock is known to a second (its
    /// <c>Date</c> header), and the cloud stores whole seconds.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>How long before a lost POST somebody else's tasks give them away as one who calls the same service.</summary>
    public static readonly TimeSpan Neighbourhood = TimeSpan.FromMinutes(5);

    /// <summary>A list that stays useless is not given up before so many looks at it.</summary>
    private const int FewestLooks = 8;

    /// <summary>The verdicts that can be given now, in the order of <paramref name="lost"/>; null where it is too early.</summary>
    /// <param name="lost">The POSTs of this batch whose answers were lost.</param>
    /// <param name="rivals">
    /// POSTs to the same service whose fate is open as well: of this batch, still under way, or of another one of the
    /// workspace. A task may be theirs.
    /// </param>
    /// <param name="ambiguous">
    /// POSTs of this workspace that could not be settled earlier: a task that may be theirs gives nobody else away.
    /// </param>
    /// <param name="list">The latest look at the list; null where there was none that was of use.</param>
    /// <param name="before">The look before it; null where there was none.</param>
    /// <param name="looks">How often the list was looked at since.</param>
    /// <param name="now">This machine's clock.</param>
    public IReadOnlyList<SettlementOutcome?> Judge(
        IReadOnlyList<LostSubmit> lost,
        IReadOnlyList<LostSubmit> rivals,
        IReadOnlyList<LostSubmit> ambiguous,
        ListSnapshot? list,
        ListSnapshot? before,
        int looks,
        DateTimeOffset now
    )
    {
        var all = new Claims([.. lost, .. rivals], [.. lost, .. rivals, .. ambiguous]);
        return [.. lost.Select(submit => Judge(submit, all, list, before, looks, now))];
    }

    private SettlementOutcome? Judge(
        LostSubmit submit,
        Claims all,
        ListSnapshot? list,
        ListSnapshot? before,
        int looks,
        DateTimeOffset now
    )
    {
        var isSettled = now >= submit.LostAt + policy.Settle;
        var isHopeless = looks >= FewestLooks && now >= submit.LostAt + policy.Patience;
        if (list is null || before is null)
        {
            return isHopeless ? Ambiguous("the service's list of tasks could not be had") : null;
        }

        var matches = Matches(submit, list);
        var isSteady = matches.SequenceEqual(Matches(submit, before));
        if (matches.Count == 0)
        {
            // Only a list that shows what is known to be there, and was looked at late enough, proves that nothing is.
            var isProof = list.IsComplete && list.Missing.Count == 0 && list.At >= submit.LostAt + policy.Settle;
            return isProof && isSteady ? NotTaken()
                : isHopeless ? Ambiguous("the service's list of tasks does not show all that it has")
                : null;
        }

        var others =
            matches.Count == 1
                ? all.Known.Where(other => !ReferenceEquals(other, submit) && CanBe(other, list, matches[0]))
                : [];
        if (others.Any(other => now < other.LostAt && all.Open.Contains(other)))
        {
            // Its own answer may still come, and then the task has an owner or is free.
            return isHopeless ? Ambiguous(Why(submit, all, list, matches)) : null;
        }

        if (isSteady && list.IsComplete && matches.Count == 1 && !others.Any() && Stranger(submit, all, list) is null)
        {
            return new SettlementOutcome(
                SettlementVerdict.Adopted,
                matches[0],
                $"the service's list of tasks has one that can only be this submit's, {matches[0]}"
            );
        }

        return (isSettled && isSteady) || isHopeless ? Ambiguous(Why(submit, all, list, matches)) : null;
    }

    private string Why(LostSubmit submit, Claims all, ListSnapshot list, List<TaskId> matches)
    {
        if (matches.Count > 1)
        {
            return $"{matches.Count} tasks that nobody here knows were created while its submit was under way";
        }

        if (all.Known.Count(other => CanBe(other, list, matches[0])) > 1)
        {
            return $"task {matches[0]} may be another run's, whose submit was lost at the same time";
        }

        return Stranger(submit, all, list) is { } stranger
            ? $"task {matches[0]} may be somebody else's, who created task {stranger} there"
            : "the service's list of tasks cannot be read to its end";
    }

    private bool CanBe(LostSubmit submit, ListSnapshot list, TaskId id) =>
        CanBe(submit, list.Orphans.First(task => task.Id == id), list);

    /// <summary>The tasks that this POST may have made, by id.</summary>
    private List<TaskId> Matches(LostSubmit submit, ListSnapshot list) =>
        [
            .. list
                .Orphans.Where(task => CanBe(submit, task, list))
                .Select(task => task.Id)
                .OrderBy(id => id.Value, StringComparer.Ordinal),
        ];

    /// <summary>A task nearby that no POST of this workspace can have made: somebody else calls the same service.</summary>
    private TaskId? Stranger(LostSubmit submit, Claims all, ListSnapshot list)
    {
        foreach (var task in list.Orphans)
        {
            if (
                IsSameService(submit.Target, task)
                && task.CreatedAt >= submit.IntendedAt + list.ClockOffset - Neighbourhood
                && !all.Known.Exists(other => CanBe(other, task, list))
            )
            {
                return task.Id;
            }
        }

        return null;
    }

    private bool CanBe(LostSubmit submit, TaskSnapshot task, ListSnapshot list) =>
        IsSameService(submit.Target, task)
        && (
            task.CreatedAt is not { } at
            || (
                at >= submit.IntendedAt + list.ClockOffset - Margin
                && at <= submit.LostAt + list.ClockOffset + Margin + policy.Settle
            )
        );

    /// <summary>What the service leaves out of its list cannot tell two tasks apart.</summary>
    private static bool IsSameService(TaskTarget? target, TaskSnapshot task) =>
        target is null
        || (
            (task.ServiceName is null || task.ServiceName.Equals(target.Service, StringComparison.OrdinalIgnoreCase))
            && (target.App is null || task.AppName is null || task.AppName == target.App)
            && (target.Version is null || task.AppVersion is null || task.AppVersion == target.Version)
        );

    private static SettlementOutcome NotTaken() =>
        new(SettlementVerdict.SentAgain, Task: null, "the service's list of tasks does not have it");

    private static SettlementOutcome Ambiguous(string why) => new(SettlementVerdict.Ambiguous, Task: null, why);

    /// <summary>Who may have made a task.</summary>
    /// <param name="Open">Submits whose fate is open.</param>
    /// <param name="Known">Those, and the ones that could not be settled.</param>
    private sealed record Claims(List<LostSubmit> Open, List<LostSubmit> Known);
}

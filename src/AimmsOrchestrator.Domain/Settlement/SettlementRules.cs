using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>
/// Judges from the service's list of tasks what became of POSTs whose answers were lost. <c>README.md</c> beside this file
/// gives the reason for each rule.
/// </summary>
/// <param name="policy">How long to wait for the list.</param>
internal sealed class SettlementRules(SettlementPolicy policy)
{
    /// <summary>
    /// How far apart a task's creation and the POST's own times may seem: the service's clock is known to a second (its
    /// <c>Date</c> header), and the cloud stores whole seconds.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>How long before a lost POST an unknown task reveals another client of the same service.</summary>
    public static readonly TimeSpan Neighbourhood = TimeSpan.FromMinutes(5);

    /// <summary>A list that stays useless is not given up before this number of polls.</summary>
    private const int FewestPolls = 8;

    /// <summary>The verdicts that can be given now, in the order of the lost POSTs; null where it is too early.</summary>
    public IReadOnlyList<SettlementOutcome?> Judge(SettlementEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return evidence is { Latest: { } latest, Before: { } before }
            ? [.. evidence.Lost.Select(submit => Judge(submit, evidence, latest, before))]
            :
            [
                .. evidence.Lost.Select(submit =>
                    evidence.Refusal is { } refusal ? Ambiguous($"the service refuses its list of tasks ({refusal})")
                    : IsHopeless(submit, evidence) ? Ambiguous("the service's list of tasks could not be read")
                    : null
                ),
            ];
    }

    private SettlementOutcome? Judge(
        LostSubmit submit,
        SettlementEvidence evidence,
        ListSnapshot latest,
        ListSnapshot before
    )
    {
        var origins = new Origins(evidence, latest, policy.Settle);
        var matches = origins.Matches(submit);
        var isSteady = matches.SequenceEqual(origins.Matches(submit, before));
        var isHopeless = IsHopeless(submit, evidence);
        var doubtful = origins.Doubtful(submit);
        var absentFrom = AbsentFrom(submit, evidence.Lag, latest);
        if (matches.Count == 0)
        {
            // Only a list that shows what the service certainly has, and was asked for late enough, proves an absence.
            var isProof =
                latest.IsComplete
                && latest.Missing.Count == 0
                && latest.IsServiceNew == before.IsServiceNew
                && latest.AskedAt >= absentFrom;
            return isProof && isSteady && doubtful is null ? NotTaken()
                : isProof && isSteady ? Ambiguous(Doubt(submit, doubtful!, latest))
                : isHopeless ? Ambiguous("the service's list of tasks does not show all that it has")
                : null;
        }

        var others = matches.Count == 1 ? origins.Others(submit, matches[0]) : [];
        if (others.Exists(origins.IsUnderWay))
        {
            // Its own answer may still come: then the orphan has an owner, or only this POST can have made it.
            return isHopeless ? Ambiguous(Why(submit, origins, matches, latest)) : null;
        }

        var isOnlyOne =
            matches.Count == 1
            && others.Count == 0
            && origins.Stranger(submit) is null
            && origins.Unexplained(submit) is null;
        if (isSteady && latest.IsComplete && isOnlyOne && latest.AskedAt >= submit.LostAt + policy.AdoptAfter(submit))
        {
            return Adopted(matches[0]);
        }

        var isSettled = latest.AskedAt >= submit.LostAt + policy.Settle;
        return (isSettled && isSteady) || isHopeless ? Ambiguous(Why(submit, origins, matches, latest)) : null;
    }

    /// <summary>From when on a list that does not show the POST's task proves that there is none.</summary>
    private DateTimeOffset AbsentFrom(LostSubmit submit, ListLag lag, ListSnapshot latest)
    {
        // Where this machine's clock may have been set since the POST, or another machine dated it, only the time that this
        // process saw pass counts.
        var isSteady = latest.Clocks.Inherited.IsSteady;
        var lost = submit.InheritedAt is { } inherited && !isSteady ? Later(inherited, submit.LostAt) : submit.LostAt;
        if (submit.ArrivesWithin is { } within)
        {
            lost = Later(lost, isSteady ? submit.OverAt : submit.InheritedAt!.Value + within);
        }

        return lost + policy.SettleAfter(submit, lag);
    }

    private bool IsHopeless(LostSubmit submit, SettlementEvidence evidence)
    {
        var lost = submit.InheritedAt + submit.ArrivesWithin ?? submit.LostAt;
        return evidence.Polls >= FewestPolls && evidence.Now >= lost + policy.Patience;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static string Why(LostSubmit submit, Origins origins, List<TaskId> matches, ListSnapshot latest)
    {
        if (matches.Count > 1)
        {
            return $"{matches.Count} tasks that this workspace does not know were created while its submit was under way";
        }

        if (origins.Others(submit, matches[0]).Count > 0)
        {
            return $"task {matches[0]} may be another run's, whose submit was lost at the same time";
        }

        if (origins.Unexplained(submit) is { } doubtful)
        {
            return Doubt(submit, doubtful, latest);
        }

        return origins.Stranger(submit) is { } stranger
            ? $"task {matches[0]} may be another client's, which created task {stranger} there"
            : "the service's list of tasks cannot be read to its end";
    }

    private static string Doubt(LostSubmit submit, TaskSnapshot task, ListSnapshot latest)
    {
        var apart = latest.Clocks.For(submit.InheritedAt is not null).Possible.Width;
        var size =
            apart < TimeSpan.FromMinutes(2) ? $"{Math.Ceiling(apart.TotalSeconds):0} s"
            : apart < TimeSpan.FromHours(2) ? $"{Math.Ceiling(apart.TotalMinutes):0} min"
            : $"{Math.Ceiling(apart.TotalHours):0} h";
        return $"task {task.Id} may be its own: the service's clock is known to within {size} only";
    }

    private static SettlementOutcome Adopted(TaskId task) =>
        new(
            SettlementVerdict.Adopted,
            task,
            $"the service's list of tasks has one that can only be this submit's, {task}"
        );

    private static SettlementOutcome NotTaken() =>
        new(SettlementVerdict.SentAgain, Task: null, "the service's list of tasks does not have it");

    private static SettlementOutcome Ambiguous(string why) => new(SettlementVerdict.Ambiguous, Task: null, why);
}

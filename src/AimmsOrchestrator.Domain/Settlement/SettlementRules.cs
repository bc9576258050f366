using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>
/// Judges from the service's list of tasks what became of POSTs whose answers were lost. <c>README.md</c> beside this file
/// gives the reason for each rule.
/// </summary>
/// <param name="policy">How long to wait for the list.</param>
public sealed class SettlementRules(SettlementPolicy policy)
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
                    IsHopeless(submit, evidence) ? Ambiguous("the service's list of tasks could not be read") : null
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
        var claims = new Claims(evidence, latest, policy.Settle);
        var matches = claims.Matches(submit);
        var isSteady = matches.SequenceEqual(claims.Matches(submit, before));
        var isHopeless = IsHopeless(submit, evidence);
        if (matches.Count == 0)
        {
            // Only a list that shows what the service certainly has, and was read late enough, proves an absence.
            var isProof = latest.IsComplete && latest.Missing.Count == 0 && latest.At >= submit.LostAt + policy.Settle;
            return isProof && isSteady ? NotTaken()
                : isHopeless ? Ambiguous("the service's list of tasks does not show all that it has")
                : null;
        }

        var others = matches.Count == 1 ? claims.Others(submit, matches[0]) : [];
        if (others.Exists(claims.IsUnderWay))
        {
            // Its own answer may still come: then the orphan has an owner, or only this POST can have made it.
            return isHopeless ? Ambiguous(Why(submit, claims, matches)) : null;
        }

        var isOnlyOne = matches.Count == 1 && others.Count == 0 && claims.Stranger(submit) is null;
        if (isSteady && latest.IsComplete && isOnlyOne)
        {
            return Adopted(matches[0]);
        }

        var isSettled = evidence.Now >= submit.LostAt + policy.Settle;
        return (isSettled && isSteady) || isHopeless ? Ambiguous(Why(submit, claims, matches)) : null;
    }

    private bool IsHopeless(LostSubmit submit, SettlementEvidence evidence) =>
        evidence.Polls >= FewestPolls && evidence.Now >= submit.LostAt + policy.Patience;

    private static string Why(LostSubmit submit, Claims claims, List<TaskId> matches)
    {
        if (matches.Count > 1)
        {
            return $"{matches.Count} tasks that this workspace does not know were created while its submit was under way";
        }

        if (claims.Others(submit, matches[0]).Count > 0)
        {
            return $"task {matches[0]} may be another run's, whose submit was lost at the same time";
        }

        return claims.Stranger(submit) is { } stranger
            ? $"task {matches[0]} may be another client's, which created task {stranger} there"
            : "the service's list of tasks cannot be read to its end";
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

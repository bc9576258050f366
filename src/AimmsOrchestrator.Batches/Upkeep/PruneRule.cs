using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Batches.Upkeep;

/// <summary>Which batches of a workspace are old enough to be freed; both bounds have to be passed.</summary>
/// <param name="OlderThan">How long ago a batch was left; null for any time.</param>
/// <param name="Keep">How many of a scenario's latest batches stay as they are; null for none.</param>
/// <param name="WithUnfinished">Whether batches are taken that have something left to do; never one that a process drives.</param>
public sealed record PruneRule(TimeSpan? OlderThan, int? Keep, bool WithUnfinished)
{
    /// <summary>The batches that the rule frees, the oldest first.</summary>
    /// <param name="batches">Every batch of the workspace, the latest first.</param>
    /// <param name="now">Now.</param>
    public IReadOnlyList<BatchRecord> Choose(IEnumerable<BatchRecord> batches, DateTimeOffset now)
    {
        var counted = new Dictionary<string, int>(StringComparer.Ordinal);
        var chosen = new List<BatchRecord>();
        foreach (var batch in batches)
        {
            var newer = counted[batch.Scenario] = counted.GetValueOrDefault(batch.Scenario) + 1;
            var isOld = OlderThan is not { } age || now - (batch.EndedAt ?? batch.StartedAt) > age;
            if (isOld && newer > (Keep ?? 0) && (batch.IsFinished || WithUnfinished))
            {
                chosen.Add(batch);
            }
        }

        chosen.Reverse();
        return chosen;
    }
}

using AimmsOrchestrator.Domain.Accounts;

namespace AimmsOrchestrator.Engine.Accounts;

/// <summary>Says which batches were left with tasks at the account, and what a person can do about it.</summary>
internal static class LeftSlotsText
{
    /// <summary>One line; null where there is no such batch.</summary>
    public static string? Of(IReadOnlyList<LeftSlot> left)
    {
        if (left.Count == 0)
        {
            return null;
        }

        var batches = left.CountBy(slot => slot.Batch).ToList();
        var which = string.Join(", ", batches.Select(batch => $"{batch.Key} ({batch.Value})"));
        return $"tasks of batches that no process drives hold slots of the account until they have ended: {which}; "
            + $"`aimms-batch resume {batches[0].Key}` continues it, `aimms-batch cancel {batches[0].Key}` ends its tasks";
    }
}

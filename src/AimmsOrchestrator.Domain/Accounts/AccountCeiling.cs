using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Accounts;

/// <summary>What a batch lets its account come to, the tasks of all other batches included, before it adds one of its own.</summary>
/// <param name="UnfinishedTasks">Tasks that have not ended.</param>
/// <param name="UnconfirmedSubmits">POSTs whose answer is outstanding.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AccountCeiling(int UnfinishedTasks, int UnconfirmedSubmits)
{
    /// <summary>The limits of a batch as a ceiling over its account; where the number of tasks is found, its bound.</summary>
    public static AccountCeiling Of(Limits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new AccountCeiling(limits.MaxUnfinishedTasks, limits.MaxUnconfirmedSubmits);
    }
}

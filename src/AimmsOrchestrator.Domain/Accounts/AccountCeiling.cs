using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Accounts;

/// <summary>What a batch lets its account come to, the tasks of all other batches included, before it adds one of its own.</summary>
/// <param name="UnfinishedTasks">Tasks that have not ended.</param>
/// <param name="UnconfirmedSubmits">POSTs whose answer is outstanding.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AccountCeiling(int UnfinishedTasks, int UnconfirmedSubmits)
{
    /// <summary>
    /// The limits of a batch as a ceiling over its account: what the account may have where that is known, and else what the batch
    /// may have; where the number of tasks is found, its bound.
    /// </summary>
    public static AccountCeiling Of(Limits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var account = limits.Account;
        return new AccountCeiling(
            Math.Max(account.UnfinishedTasks ?? 0, limits.MaxUnfinishedTasks),
            Math.Max(account.UnconfirmedSubmits ?? 0, limits.MaxUnconfirmedSubmits)
        );
    }
}

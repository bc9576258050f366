using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Reads the accounts of a journal in memory.</summary>
/// <param name="journal">The journal.</param>
/// <param name="driven">The batches that some process drives.</param>
internal sealed class FakeServiceBook(MemoryJournal journal, IReadOnlySet<long> driven) : IServiceBook
{
    public IReadOnlyList<AccountRecord> Accounts(DateTimeOffset now) =>
        [
            .. from account in journal.Accounts()
            let until = journal.PausedUntil(account)
            let isPaused = until > now
            select new AccountRecord(
                account,
                journal.UseOf(account) with
                {
                    IsPaused = isPaused,
                },
                isPaused ? until : null,
                [
                    .. journal
                        .Holding(account)
                        .CountBy(entry => journal.IdOf(entry.Batch))
                        .OrderByDescending(slots => slots.Value)
                        .ThenBy(slots => slots.Key.Value, StringComparer.Ordinal),
                ]
            ),
        ];

    public AccountUse UseOf(long batch, DateTimeOffset now) =>
        journal.AccountOf(batch) is { } account
            ? journal.UseOf(account) with
            {
                IsPaused = journal.PausedUntil(account) > now,
            }
            : default;

    public IReadOnlyList<LeftSlot> Left(long batch) =>
        journal.AccountOf(batch) is not { } account
            ? []
            :
            [
                .. from entry in journal.Holding(account)
                where entry.Batch != batch && !driven.Contains(entry.Batch)
                orderby entry.After.IntendedAt
                select new LeftSlot(
                    journal.IdOf(entry.Batch),
                    new RunReference(entry.Batch, entry.Planned.Index),
                    entry.After.Attempts,
                    journal.EpochOf(entry.Batch),
                    entry.After.Phase == RunPhase.AtService ? entry.After.TaskId : null,
                    entry.After.IntendedAt!.Value
                ),
            ];

    public bool Free(LeftSlot slot) =>
        journal.EpochOf(slot.Run.Batch) == slot.Epoch
        && journal
            .Latest()
            .Any(entry =>
                new RunReference(entry.Batch, entry.Planned.Index) == slot.Run
                && entry.After.Attempts == slot.Attempt
                && entry.After.Phase.MayHoldSlot()
            )
        && journal.Released.Add(slot.Run);

    public IReadOnlyList<Demand> Exchange(Demand own, DateTimeOffset now)
    {
        journal.Demands[own.Batch] = (own, now);
        return
        [
            .. from known in journal.Demands.Values
            where known.Demand.Batch != own.Batch
            where known.Demand.Account == own.Account && now - known.At < Demand.Lifetime
            orderby known.Demand.Batch
            select known.Demand,
        ];
    }

    public void Withdraw(long batch) => journal.Demands.Remove(batch);

    public void Dispose() { }
}

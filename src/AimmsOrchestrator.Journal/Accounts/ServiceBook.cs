using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Accounts;

/// <summary>Reads the accounts of the workspace's database; for one thread at a time.</summary>
/// <param name="database">The database.</param>
/// <param name="isDriven">Whether a process drives a batch.</param>
/// <param name="free">Frees a slot that was left; false where that is no longer so.</param>
/// <param name="openDemands">Opens what batches demand.</param>
internal sealed class ServiceBook(
    Database database,
    Func<BatchId, bool> isDriven,
    Func<LeftSlot, bool> free,
    Func<DemandTable> openDemands
) : IServiceBook
{
    /// <summary>Slots that runs hold, of one account.</summary>
    private string Holding =>
        $"""
            FROM batches AS b JOIN runs AS r {database.Dialect.IndexedBy("runs_under_way")} ON r.batch = b.number
            WHERE {RunConditions.Holding} AND r.released = 0 AND b.account = $1
            """;

    private readonly Statement _use = database.Prepare(
        """
        SELECT held, open, doubt, CASE WHEN paused_until > $2 THEN 1 ELSE 0 END FROM accounts
        WHERE name = (SELECT account FROM batches WHERE number = $1)
        """
    );

    private DemandTable? _demands;

    /// <inheritdoc />
    public IReadOnlyList<AccountRecord> Accounts(DateTimeOffset now) =>
        [
            .. database
                .All(
                    "SELECT name, held, open, doubt, paused_until FROM accounts ORDER BY name",
                    row => new AccountRecord(
                        row.Text("name"),
                        new AccountUse((int)row.Whole("held"), (int)row.Whole("open"), (int)row.Whole("doubt")),
                        row.TextOrNull("paused_until") is { } until
                        && Timestamps.Parse(until) is var moment
                        && moment > now
                            ? moment
                            : null,
                        []
                    )
                )
                .Select(account =>
                    account with
                    {
                        Use = account.Use with { IsPaused = account.PausedUntil is not null },
                        Slots = SlotsOf(account.Name),
                    }
                ),
        ];

    /// <inheritdoc />
    public AccountUse UseOf(long batch, DateTimeOffset now) =>
        database.Guard(() =>
        {
            Span<long> numbers = stackalloc long[4];
            return _use.TryRead(numbers, batch, Timestamps.ToText(now))
                ? new AccountUse((int)numbers[0], (int)numbers[1], (int)numbers[2]) { IsPaused = numbers[3] != 0 }
                : default;
        });

    /// <inheritdoc />
    public IReadOnlyList<LeftSlot> Left(long batch)
    {
        var account = database.All(
            "SELECT account FROM batches WHERE number = $1 AND account IS NOT NULL",
            row => row.Text("account"),
            batch
        );
        if (account is not [var name])
        {
            return [];
        }

        var slots = database.All(
            $"SELECT b.id, r.batch, r.run, r.attempts, b.epoch, r.phase, r.task_id, r.submit_at {Holding} AND r.batch <> $2 ORDER BY r.submit_at",
            row => new LeftSlot(
                new BatchId(row.Text("id")),
                new RunReference(row.Whole("batch"), row.Whole("run")),
                (int)row.Whole("attempts"),
                row.Whole("epoch"),
                row.Text("phase") == "at-service" && row.TextOrNull("task_id") is { } task ? new TaskId(task) : null,
                Timestamps.Parse(row.Text("submit_at"))
            ),
            name,
            batch
        );
        var left = slots.Select(slot => slot.Batch).Distinct().Where(id => !isDriven(id)).ToHashSet();
        return [.. slots.Where(slot => left.Contains(slot.Batch))];
    }

    /// <inheritdoc />
    public bool Free(LeftSlot slot) => free(slot);

    /// <inheritdoc />
    public IReadOnlyList<Demand> Exchange(Demand own, DateTimeOffset now) =>
        (_demands ??= openDemands()).Exchange(own, now);

    /// <inheritdoc />
    public void Withdraw(long batch) => _demands?.Withdraw(batch);

    public void Dispose()
    {
        _demands?.Dispose();
        _use.Dispose();
        database.Dispose();
    }

    private IReadOnlyList<KeyValuePair<BatchId, int>> SlotsOf(string account) =>
        database.All(
            $"SELECT b.id, count(*) AS held {Holding} GROUP BY b.id ORDER BY held DESC, b.id",
            row => KeyValuePair.Create(new BatchId(row.Text("id")), (int)row.Whole("held")),
            account
        );
}

using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using AimmsOrchestrator.Journal.Text;
using AimmsOrchestrator.Journal.Writing;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Writing;

/// <summary>One group of entries in one transaction: what it depends on, what is decided of each entry, what is written.</summary>
/// <param name="database">The transaction's connection, for what is written by itself.</param>
/// <param name="accounts">The accounts of the group's batches; null for those that share none.</param>
internal sealed class GroupAppend(PostgreSqlDatabase database, IReadOnlyDictionary<long, string?> accounts)
{
    /// <summary>
    /// Waits for a take-over that is under way, and lets none begin before the commit: every event in the journal was written by the
    /// epoch that had the batch then.
    /// </summary>
    private const string Epochs = "SELECT number, epoch FROM batches WHERE number = ANY ($1) ORDER BY number FOR SHARE";

    /// <summary>The same where settings of people are numbered: any process writes them, one at a time.</summary>
    private const string EpochsAlone =
        "SELECT number, epoch FROM batches WHERE number = ANY ($1) ORDER BY number FOR NO KEY UPDATE";

    private const string NewResponses =
        "SELECT nextval(pg_get_serial_sequence('responses', 'id')) FROM generate_series(1, $1)";

    /// <summary>Locked to the commit: a response is not removed while a run is on its way that has it too.</summary>
    private const string CopiedResponses = """
        SELECT r.batch, r.run, p.id FROM runs AS r JOIN unnest($1::bigint[], $2::bigint[]) AS c (batch, run) USING (batch, run)
        JOIN responses AS p ON p.id = r.response FOR KEY SHARE OF p
        """;

    private readonly Dictionary<long, long> _epochs = [];
    private readonly Queue<long> _responses = new();
    private readonly Dictionary<RunReference, long?> _copied = [];
    private readonly AccountGroup _accounts = new();
    private readonly EventGroup _events = new();

    /// <summary>Begins the transaction, locks what it depends on and reads it.</summary>
    /// <returns>The transaction's number.</returns>
    public async Task<string> BeginAsync(NpgsqlConnection connection, IReadOnlyList<JournalEntry> group)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CertainCommit.Identify));
        var epochs = group.Any(entry => entry is ControlsSet or BatchEnded) ? EpochsAlone : Epochs;
        batch.BatchCommands.Add(Command(epochs, group.Select(entry => entry.Batch).Distinct().Order().ToArray()));
        var locked = group
            .Where(entry => entry is RunEventEntry { Event: SubmitIntended, Ceiling: not null })
            .Select(entry => accounts.GetValueOrDefault(entry.Batch))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var happened = group.OfType<RunEventEntry>().Select(entry => entry.Event).ToList();
        var responses = happened.Count(e => StepRow.ResponseOf(e) is not null);
        var copies = happened.Select(StepRow.CopiedBy).OfType<RunReference>().Distinct().ToList();
        if (locked.Length > 0)
        {
            batch.BatchCommands.Add(AccountGroup.LockCommand(locked));
        }

        if (responses > 0)
        {
            batch.BatchCommands.Add(Command(NewResponses, (long)responses));
        }

        if (copies.Count > 0)
        {
            batch.BatchCommands.Add(
                Command(CopiedResponses, copies.Select(c => c.Batch).ToArray(), copies.Select(c => c.Run).ToArray())
            );
        }

        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        await reader.ReadAsync().ConfigureAwait(false);
        var transaction = reader.GetString(0);
        await NextAsync(reader, row => _epochs[row.GetInt64(0)] = row.GetInt64(1)).ConfigureAwait(false);
        if (locked.Length > 0)
        {
            await reader.NextResultAsync().ConfigureAwait(false);
            await _accounts.ReadAsync(reader).ConfigureAwait(false);
        }

        if (responses > 0)
        {
            await NextAsync(reader, row => _responses.Enqueue(row.GetInt64(0))).ConfigureAwait(false);
        }

        if (copies.Count > 0)
        {
            await NextAsync(
                    reader,
                    row => _copied[new RunReference(row.GetInt64(0), row.GetInt64(1))] = row.GetInt64(2)
                )
                .ConfigureAwait(false);
        }

        return transaction;
    }

    /// <summary>
    /// Decides what becomes of each entry, in their order. A batch that was removed has no epoch any more. An intent that waited for the
    /// end of an outage is refused: its submit would begin long after its date, and where both were lost the tasks of two such intents
    /// could not be distinguished.
    /// </summary>
    /// <param name="group">The entries.</param>
    /// <param name="isBackSince">When the last outage of the database was over.</param>
    public AppendOutcome[] Decide(IReadOnlyList<JournalEntry> group, DateTimeOffset isBackSince)
    {
        var outcomes = new AppendOutcome[group.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var entry = group[i];
            if (!_epochs.TryGetValue(entry.Batch, out var epoch) || (entry.NeedsClaim && epoch != entry.Epoch))
            {
                outcomes[i] = AppendOutcome.Fenced;
            }
            else if (
                entry is RunEventEntry happened
                && (IsFromBefore(happened, isBackSince) || !_accounts.Admits(happened, AccountOf(entry)))
            )
            {
                outcomes[i] = AppendOutcome.NoSlot;
            }
            else
            {
                Write(entry);
            }
        }

        return outcomes;
    }

    /// <summary>Puts the statements into a batch that write what was decided.</summary>
    public void MoveTo(NpgsqlBatch batch)
    {
        _events.MoveTo(batch);
        _accounts.MoveTo(batch);
    }

    /// <summary>Whether an intent is older than the end of an outage; one that needs no slot waits for nothing and stays.</summary>
    private static bool IsFromBefore(RunEventEntry entry, DateTimeOffset isBackSince) =>
        entry is { Event: SubmitIntended { At: var at }, Ceiling: not null } && at < isBackSince;

    private void Write(JournalEntry entry)
    {
        switch (entry)
        {
            case RunEventEntry happened:
                _events.Add(happened, ResponseOf(happened.Event));
                _accounts.Count(happened, AccountOf(entry));
                break;

            case TaskDeleted deleted:
                _events.Add(deleted);
                break;

            case ServicePaused paused when AccountOf(entry) is { } name:
                _accounts.Pause(name, paused.Until);
                database.Execute(AccountRows.Pause, name, Timestamps.ToText(paused.Until));
                break;

            case ServicePaused:
                break;

            default:
                WriteOfBatch(entry);
                break;
        }
    }

    /// <summary>What concerns a batch as a whole is rare: it is written by itself, after all that comes before it.</summary>
    private void WriteOfBatch(JournalEntry entry)
    {
        Flush();
        using var batches = new BatchWriter(database);
        batches.Write(entry);
        if (entry is BatchResumed)
        {
            AccountRows.Count(database, entry.Batch);
            Refresh(AccountOf(entry));
        }
    }

    private void Refresh(string? account)
    {
        foreach (
            var use in database.All(
                "SELECT held, open, doubt FROM accounts WHERE name = $1",
                row => new AccountUse((int)row.Whole("held"), (int)row.Whole("open"), (int)row.Whole("doubt")),
                account
            )
        )
        {
            _accounts.Refresh(account!, use);
        }
    }

    private void Flush()
    {
        using var batch = database.CreateBatch();
        MoveTo(batch);
        if (batch.BatchCommands.Count > 0)
        {
            batch.ExecuteNonQuery();
        }
    }

    private long? ResponseOf(RunEvent happened)
    {
        if (StepRow.CopiedBy(happened) is not { } source)
        {
            return StepRow.ResponseOf(happened) is null ? null : _responses.Dequeue();
        }

        return _events.TryFindResponse(source, out var response) ? response : _copied.GetValueOrDefault(source);
    }

    private string? AccountOf(JournalEntry entry) => accounts.GetValueOrDefault(entry.Batch);

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(Values.Of(value));
        }

        return command;
    }

    private static async Task NextAsync(NpgsqlDataReader reader, Action<NpgsqlDataReader> read)
    {
        await reader.NextResultAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            read(reader);
        }
    }
}

using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Writes the journal to SQLite; what it promises stands in <c>RULES.md</c>. For one thread at a time.</summary>
internal sealed class SqliteJournalWriter : IJournalWriter
{
    private readonly SqliteConnection _connection;
    private readonly string _file;
    private readonly BatchWriter _batches;
    private readonly EventWriter _events;
    private readonly AccountWriter _accounts;
    private readonly Statement _epoch;
    private readonly Statement _begin;
    private readonly Statement _commit;

    public SqliteJournalWriter(SqliteConnection connection, string file)
    {
        _connection = connection;
        _file = file;
        var database = new SqliteDatabase(connection, file);
        _batches = new BatchWriter(database);
        _events = new EventWriter(connection);
        _accounts = new AccountWriter(database);
        _epoch = new SqliteStatement(connection, "SELECT epoch FROM batches WHERE number = $1");
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(connection, "COMMIT");
    }

    /// <summary>For tests of its settings.</summary>
    public SqliteConnection Connection => _connection;

    /// <inheritdoc />
    public ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch) =>
        new(SqliteErrors.Guard(_file, () => InTransaction(() => _batches.Open(batch))));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group) =>
        new(SqliteErrors.Guard(_file, () => InTransaction(() => Append(group))));

    /// <summary>Raises a batch's epoch: what was claimed under a lower one is refused from now on.</summary>
    /// <returns>The new epoch.</returns>
    public long RaiseEpoch(long batch) =>
        SqliteErrors.Guard(
            _file,
            () =>
                InTransaction(() =>
                {
                    using var raise = _connection.Command(
                        "UPDATE batches SET epoch = epoch + 1 WHERE number = $1 RETURNING epoch",
                        batch
                    );
                    var epoch = (long)raise.ExecuteScalar()!;
                    _accounts.TakeBack(batch);
                    return epoch;
                })
        );

    /// <summary>Frees a slot of a batch that was left, unless the batch has been claimed since.</summary>
    /// <returns>Whether it was freed.</returns>
    public bool Free(LeftSlot slot) =>
        SqliteErrors.Guard(
            _file,
            () =>
                InTransaction(() =>
                {
                    using var free = _connection.Command(
                        RunRow.Free,
                        slot.Run.Batch,
                        slot.Run.Run,
                        slot.Attempt,
                        slot.Epoch
                    );
                    var isFreed = free.ExecuteNonQuery() > 0;
                    _accounts.Recount(slot.Run.Batch);
                    return isFreed;
                })
        );

    public void Dispose()
    {
        _commit.Dispose();
        _begin.Dispose();
        _epoch.Dispose();
        _accounts.Dispose();
        _events.Dispose();
        _batches.Dispose();
        _connection.Dispose();
    }

    private AppendOutcome[] Append(IReadOnlyList<JournalEntry> group)
    {
        var outcomes = new AppendOutcome[group.Count];
        (long Batch, long? Epoch) current = default;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var entry = group[i];
            if (i == 0 || current.Batch != entry.Batch)
            {
                current = (entry.Batch, _epoch.NumberOrNull(entry.Batch));
            }

            if (entry.NeedsClaim && current.Epoch is { } epoch && epoch != entry.Epoch)
            {
                outcomes[i] = AppendOutcome.Fenced;
            }
            else if (entry is RunEventEntry happened && !_accounts.Admits(happened))
            {
                outcomes[i] = AppendOutcome.NoSlot;
            }
            else
            {
                Write(entry);
            }
        }

        _events.WriteRows();
        _accounts.Write();
        return outcomes;
    }

    private void Write(JournalEntry entry)
    {
        switch (entry)
        {
            case RunEventEntry happened:
                _events.Write(happened);
                _accounts.Count(happened);
                break;

            case TaskDeleted deleted:
                _events.Write(deleted);
                break;

            case BatchResumed resumed:
                _events.WriteRows();
                _batches.Write(resumed);
                _accounts.Recount(resumed.Batch);
                break;

            case ServicePaused paused:
                _accounts.Pause(paused);
                break;

            default:
                _batches.Write(entry);
                break;
        }
    }

    private T InTransaction<T>(Func<T> action)
    {
        _begin.Run();
        try
        {
            var result = action();
            _commit.Run();
            return result;
        }
        catch
        {
            _events.RollBack();
            _accounts.RollBack();
            _connection.RollBack();
            throw;
        }
    }
}

using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Storage;
using AimmsOrchestrator.Journal.Writing;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal;

/// <summary>Writes the journal to SQLite; what it promises stands in <c>RULES.md</c>. For one thread at a time.</summary>
public sealed class SqliteJournalWriter : IJournalWriter
{
    private readonly SqliteConnection _connection;
    private readonly string _file;
    private readonly BatchWriter _batches;
    private readonly EventWriter _steps;

    internal SqliteJournalWriter(SqliteConnection connection, string file)
    {
        _connection = connection;
        _file = file;
        _batches = new BatchWriter(connection);
        _steps = new EventWriter(connection);
    }

    /// <summary>For tests of its settings.</summary>
    internal SqliteConnection Connection => _connection;

    /// <inheritdoc />
    public BatchRecord OpenBatch(NewBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return SqliteErrors.Guard(_file, () => InTransaction(() => _batches.Open(batch)));
    }

    /// <inheritdoc />
    public void Commit(IReadOnlyList<JournalEntry> group)
    {
        ArgumentNullException.ThrowIfNull(group);
        SqliteErrors.Guard(
            _file,
            () =>
                InTransaction(() =>
                {
                    foreach (var entry in group)
                    {
                        Write(entry);
                    }

                    return group.Count;
                })
        );
    }

    public void Dispose()
    {
        _steps.Dispose();
        _batches.Dispose();
        _connection.Dispose();
    }

    private void Write(JournalEntry entry)
    {
        switch (entry)
        {
            case RunEventEntry step:
                _steps.Write(step);
                break;

            case TaskDeleted deleted:
                _steps.Write(deleted);
                break;

            case BatchResumed resumed:
                _batches.Resume(resumed);
                break;

            case BatchEnded ended:
                _batches.End(ended);
                break;

            default:
                throw new InvalidOperationException($"The journal has no way to keep {entry.GetType().Name}.");
        }
    }

    private T InTransaction<T>(Func<T> action)
    {
        _connection.Execute("BEGIN IMMEDIATE");
        try
        {
            var result = action();
            _connection.Execute("COMMIT");
            return result;
        }
        catch
        {
            _connection.RollBack();
            _steps.Forget();
            throw;
        }
    }
}

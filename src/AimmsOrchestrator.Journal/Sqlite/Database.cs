using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Sqlite;

/// <summary>A database that is open for reading; what goes wrong says which file it is. For one thread at a time.</summary>
internal sealed class Database(SqliteConnection connection, string file) : IDisposable
{
    public Statement Prepare(string sql) => new(connection, sql);

    /// <summary>Runs something on the database.</summary>
    /// <exception cref="Domain.Journaling.JournalException">SQLite refuses, or what is in the file makes no sense.</exception>
    public T Guard<T>(Func<T> action) => SqliteErrors.Guard(file, action);

    /// <summary>The rows of a query.</summary>
    public List<T> All<T>(string sql, Func<Row, T> read, params object?[] values) => [.. Stream(sql, read, values)];

    /// <summary>The rows of a query, read while they are walked.</summary>
    public IEnumerable<T> Stream<T>(string sql, Func<Row, T> read, params object?[] values)
    {
        using var command = connection.Command(sql, values);
        using var reader = Guard(command.ExecuteReader);
        var row = new Row(reader);
        while (Guard(reader.Read))
        {
            yield return Guard(() => read(row));
        }
    }

    /// <summary>Copies a value piece by piece: memory does not grow with it.</summary>
    public void CopyBlob(string table, string column, long row, Stream output)
    {
        using var blob = Guard(() => new SqliteBlob(connection, table, column, row, readOnly: true));
        blob.CopyTo(output);
    }

    public void Dispose() => connection.Dispose();
}

using System.Globalization;
using System.Text.Json;
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
    public IEnumerable<T> Stream<T>(string sql, Func<Row, T> read, params object?[] values) =>
        Some(sql, _ => true, read, values);

    /// <summary>Those rows of a query that are wanted; of the others no more is read than that takes.</summary>
    public IEnumerable<T> Some<T>(string sql, Predicate<Row> wanted, Func<Row, T> read, params object?[] values)
    {
        using var command = connection.Command(sql, values);
        using var reader = Guard(command.ExecuteReader);
        var row = new Row(reader);
        while (Guard(reader.Read))
        {
            if (wanted(row))
            {
                yield return Guard(() => Read(row, read));
            }
        }
    }

    /// <summary>Copies a value piece by piece: memory does not grow with it.</summary>
    public void CopyBlob(string table, string column, long row, Stream output)
    {
        using var blob = Guard(() => new SqliteBlob(connection, table, column, row, readOnly: true));
        blob.CopyTo(output);
    }

    public void Dispose() => connection.Dispose();

    /// <summary>What a row makes no sense of names its batch, run and column.</summary>
    private T Read<T>(Row row, Func<Row, T> read)
    {
        try
        {
            return read(row);
        }
        catch (Exception e)
            when (e
                    is FormatException
                        or JsonException
                        or InvalidCastException
                        or ArgumentException
                        or OverflowException
            )
        {
            var column = row.Latest;
            throw new FormatException($"{PlaceOf(row)}column {column}: {Why(e)}", e);
        }
    }

    private string PlaceOf(Row row)
    {
        var batch =
            row.Has("batch") ? NameOf(row.Whole("batch"))
            : row.Has("id") ? row.TextOrNull("id")
            : null;
        var run = row.Has("run") ? row.WholeOrNull("run") : null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(batch is null ? "" : $"batch {batch}, ")}{(run is null ? "" : $"run {run}, ")}"
        );
    }

    private string NameOf(long batch)
    {
        using var command = connection.Command("SELECT id FROM batches WHERE number = $1", batch);
        return Convert.ToString(command.ExecuteScalar() ?? batch, CultureInfo.InvariantCulture)!;
    }

    private static string Why(Exception error) =>
        // The position that a JSON reader appends is one within the value, and its words are those of a library.
        error is JsonException
            ? $"not the JSON that belongs there ({error.Message.Split([" Path: ", " LineNumber: "], 2, default)[0].Split("was ")[^1].TrimEnd('.')})"
            : error.Message;
}

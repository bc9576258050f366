using System.Globalization;
using System.Text.Json;

namespace AimmsOrchestrator.Journal.Sql;

/// <summary>
/// A database that holds a journal; what goes wrong says which one it is. Values of a statement are <c>$1</c>, <c>$2</c> and so
/// on, null is SQL's NULL. For one thread at a time.
/// </summary>
internal abstract class Database : IDisposable
{
    /// <summary>How this database spells what the SQL of the journal leaves open.</summary>
    public abstract Dialect Dialect { get; }

    public abstract Statement Prepare(string sql);

    /// <summary>Runs a statement once.</summary>
    /// <returns>How many rows it changed.</returns>
    public abstract int Execute(string sql, params object?[] values);

    /// <summary>Runs a query; for callers that guard it themselves.</summary>
    public abstract RowReader Query(string sql, params object?[] values);

    /// <summary>Runs something on the database.</summary>
    /// <exception cref="Domain.Journaling.JournalException">The database refuses, or what is in it makes no sense.</exception>
    public abstract T Guard<T>(Func<T> action);

    /// <summary>Runs something as one transaction, which no other writer of the whole database comes between.</summary>
    /// <exception cref="Domain.Journaling.JournalException">The database refuses; nothing was written.</exception>
    public abstract T InTransaction<T>(Func<T> action);

    /// <summary>Stores the text or a file of a scenario once, and answers with its hash. They are written without a copy: a table may be large.</summary>
    public abstract byte[] Keep(ReadOnlyMemory<byte> bytes);

    /// <summary>Copies a response piece by piece: memory does not grow with it.</summary>
    /// <param name="response">Its number.</param>
    /// <param name="output">Where to.</param>
    /// <returns>False where it is no longer there.</returns>
    public abstract bool CopyResponse(long response, Stream output);

    /// <summary>Makes the space of what was removed free.</summary>
    public abstract void Compact();

    /// <summary>Runs a query for the one whole number that it returns; null where that is NULL or there is no row.</summary>
    public long? Number(string sql, params object?[] values)
    {
        using var statement = Prepare(sql);
        return statement.NumberOrNull(values);
    }

    /// <summary>The rows of a query.</summary>
    public List<T> All<T>(string sql, Func<Row, T> read, params object?[] values) => [.. Stream(sql, read, values)];

    /// <summary>The rows of a query, read while they are walked.</summary>
    public IEnumerable<T> Stream<T>(string sql, Func<Row, T> read, params object?[] values) =>
        Some(sql, _ => true, read, values);

    /// <summary>Those rows of a query that are wanted; of the others no more is read than that takes.</summary>
    public IEnumerable<T> Some<T>(string sql, Predicate<Row> wanted, Func<Row, T> read, params object?[] values)
    {
        using var rows = Guard(() => Query(sql, values));
        while (Guard(rows.Read))
        {
            if (wanted(rows.Row))
            {
                yield return Guard(() => Read(rows.Row, read));
            }
        }
    }

    public abstract void Dispose();

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
        using var rows = Query("SELECT id FROM batches WHERE number = $1", batch);
        return rows.Read() ? rows.Row.Text("id") : batch.ToString(CultureInfo.InvariantCulture);
    }

    private static string Why(Exception error) =>
        // The position that a JSON reader appends is one within the value, and its words are those of a library.
        error is JsonException
            ? $"not the JSON that belongs there ({error.Message.Split([" Path: ", " LineNumber: "], 2, default)[0].Split("was ")[^1].TrimEnd('.')})"
            : error.Message;
}

using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AimmsOrchestrator.Journal.Sqlite;

/// <summary>
/// The current row of a query, by the columns' names. It speaks to SQLite itself: a report of a million runs reads fifty
/// million values, and the reader of ADO.NET asks for the type of each one three times.
/// </summary>
internal sealed class Row(SqliteDataReader reader)
{
    private readonly sqlite3_stmt _statement =
        reader.Handle ?? throw new InvalidOperationException("The query is not open.");

    private readonly Dictionary<string, int> _columns = Enumerable
        .Range(0, reader.FieldCount)
        .ToDictionary(reader.GetName, i => i, StringComparer.Ordinal);

    /// <summary>The column that was read last: the one to name where its value makes no sense.</summary>
    public string Latest { get; private set; } = "";

    public bool Has(string column) => _columns.ContainsKey(column);

    public bool IsNull(string column) => raw.sqlite3_column_type(_statement, At(column)) == raw.SQLITE_NULL;

    /// <exception cref="FormatException">It is NULL.</exception>
    public string Text(string column) => TextOrNull(column) ?? throw Missing();

    public string? TextOrNull(string column)
    {
        var at = At(column);
        return raw.sqlite3_column_type(_statement, at) == raw.SQLITE_NULL
            ? null
            : raw.sqlite3_column_text(_statement, at).utf8_to_string();
    }

    /// <summary>The text of a JSON object.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public string Object(string column) => JsonObjectText.Checked(Text(column));

    public string? ObjectOrNull(string column) => TextOrNull(column) is { } text ? JsonObjectText.Checked(text) : null;

    /// <exception cref="FormatException">It is NULL.</exception>
    public long Whole(string column) => WholeOrNull(column) ?? throw Missing();

    public long? WholeOrNull(string column)
    {
        var at = At(column);
        return raw.sqlite3_column_type(_statement, at) == raw.SQLITE_NULL
            ? null
            : raw.sqlite3_column_int64(_statement, at);
    }

    public double? RealOrNull(string column)
    {
        var at = At(column);
        return raw.sqlite3_column_type(_statement, at) == raw.SQLITE_NULL
            ? null
            : raw.sqlite3_column_double(_statement, at);
    }

    public byte[] Bytes(string column) => BytesOrNull(column) ?? throw Missing();

    public byte[]? BytesOrNull(string column)
    {
        var at = At(column);
        return raw.sqlite3_column_type(_statement, at) == raw.SQLITE_NULL
            ? null
            : raw.sqlite3_column_blob(_statement, at).ToArray();
    }

    private static FormatException Missing() => new("there is no value");

    private int At(string column)
    {
        Latest = column;
        return _columns[column];
    }
}

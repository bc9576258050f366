using AimmsOrchestrator.Journal.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AimmsOrchestrator.Journal.Sqlite;

/// <summary>
/// A row that speaks to SQLite itself: a report of a million runs reads fifty million values, and the reader of ADO.NET asks
/// for the type of each one three times.
/// </summary>
internal sealed class SqliteRow(SqliteDataReader reader)
    : Row(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName))
{
    private readonly sqlite3_stmt _statement =
        reader.Handle ?? throw new InvalidOperationException("The query is not open.");

    protected override bool IsNull(int at) => raw.sqlite3_column_type(_statement, at) == raw.SQLITE_NULL;

    protected override string TextAt(int at) => raw.sqlite3_column_text(_statement, at).utf8_to_string();

    protected override long WholeAt(int at) => raw.sqlite3_column_int64(_statement, at);

    protected override double RealAt(int at) => raw.sqlite3_column_double(_statement, at);

    protected override byte[] BytesAt(int at) => raw.sqlite3_column_blob(_statement, at).ToArray();
}

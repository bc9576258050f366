using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Journal.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AimmsOrchestrator.Journal.Sqlite;

/// <summary>
/// A statement that speaks to SQLite by position: looking each parameter up by its name costs more than the insert itself.
/// </summary>
internal sealed partial class SqliteStatement : Statement
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Which parameters have a value from the last time: half of a run's columns are NULL, and remain so.</summary>
    private readonly bool[] _isBound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        // SQLite takes PostgreSQL's $1 for a name and ?1 for a position.
        var positional = Place().Replace(sql, "?");
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, positional, out _statement), _database);
        _isBound = new bool[raw.sqlite3_bind_parameter_count(_statement)];
    }

    /// <inheritdoc />
    public override void Run(params ReadOnlySpan<object?> values)
    {
        Step(values);
        Reset();
    }

    /// <summary>Runs it; whether it changed any row.</summary>
    public bool Changes(params ReadOnlySpan<object?> values)
    {
        Step(values);
        var isChanged = raw.sqlite3_changes(_database) > 0;
        Reset();
        return isChanged;
    }

    /// <inheritdoc />
    public override long? NumberOrNull(params ReadOnlySpan<object?> values)
    {
        long? number =
            Step(values) == raw.SQLITE_ROW && raw.sqlite3_column_type(_statement, 0) != raw.SQLITE_NULL
                ? raw.sqlite3_column_int64(_statement, 0)
                : null;
        Reset();
        return number;
    }

    /// <inheritdoc />
    public override bool TryRead(Span<long> numbers, params ReadOnlySpan<object?> values)
    {
        var isThere = Step(values) == raw.SQLITE_ROW;
        for (var i = 0; isThere && i < numbers.Length; i++)
        {
            numbers[i] = raw.sqlite3_column_int64(_statement, i);
        }

        Reset();
        return isThere;
    }

    /// <inheritdoc />
    public override bool HasRow(params ReadOnlySpan<object?> values)
    {
        var isThere = Step(values) == raw.SQLITE_ROW;
        Reset();
        return isThere;
    }

    public override void Dispose() => _statement.Dispose();

    private int Step(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not null || _isBound[i])
            {
                Bind(i + 1, values[i]);
                _isBound[i] = values[i] is not null;
            }
        }

        var result = raw.sqlite3_step(_statement);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            // The reset reports the same error again; the code of the step is the one to report.
            raw.sqlite3_reset(_statement);
            SqliteException.ThrowExceptionForRC(result, _database);
        }

        return result;
    }

    [GeneratedRegex(@"\$(?=[0-9])", RegexOptions.None, matchTimeoutMilliseconds: PatternLimit.Milliseconds)]
    private static partial Regex Place();

    private void Reset() => SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(_statement), _database);

    private void Bind(int index, object? value)
    {
        var result = value switch
        {
            null => raw.sqlite3_bind_null(_statement, index),
            string text => raw.sqlite3_bind_text(_statement, index, text),
            long number => raw.sqlite3_bind_int64(_statement, index, number),
            int number => raw.sqlite3_bind_int64(_statement, index, number),
            bool flag => raw.sqlite3_bind_int64(_statement, index, flag ? 1 : 0),
            double number => raw.sqlite3_bind_double(_statement, index, number),
            byte[] bytes when bytes.Length == 0 => raw.sqlite3_bind_zeroblob(_statement, index, 0),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, index, bytes),
            _ => throw new ArgumentException($"SQLite has no type for {value.GetType().Name}.", nameof(value)),
        };
        SqliteException.ThrowExceptionForRC(result, _database);
    }
}

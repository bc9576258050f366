using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Sqlite;

/// <summary>One-off statements.</summary>
internal static class ConnectionExtensions
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        command.ExecuteNonQuery();
    }

    public static long Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Rolls back, where SQLite has not done so by itself after a grave error.</summary>
    public static void RollBack(this SqliteConnection connection)
    {
        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // No transaction is left; the error that led here is the one to report.
        }
    }

    /// <summary>A statement with values for <c>$1</c>, <c>$2</c> and so on; null is SQL's NULL.</summary>
    public static SqliteCommand Command(this SqliteConnection connection, string sql, params object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"${i + 1}");
            command.Parameters.Add(new SqliteParameter(name, values[i] ?? DBNull.Value));
        }

        return command;
    }
}

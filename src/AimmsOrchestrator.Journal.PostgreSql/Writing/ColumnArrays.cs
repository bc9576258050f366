using System.Globalization;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Writing;

/// <summary>Rows for one statement, sent as an array per column: however many rows, it is prepared once and travels once.</summary>
/// <param name="types">A letter per column: n for whole numbers, d for others, t for texts, b for bytes.</param>
internal sealed class ColumnArrays(string types)
{
    private readonly List<object?[]> _rows = [];

    /// <summary>The rows as a table expression; its columns are named <c>c1</c>, <c>c2</c> and so on.</summary>
    /// <param name="types">As of the constructor.</param>
    public static string Table(string types) =>
        $"unnest({string.Join(", ", types.Select((type, i) => $"${Number(i)}::{NameOf(type)}[]"))}) AS rows ({string.Join(", ", types.Select((_, i) => $"c{Number(i)}"))})";

    public int Count => _rows.Count;

    public void Add(params object?[] values) => _rows.Add(values);

    public void Clear() => _rows.Clear();

    /// <summary>A statement that has the rows as its values.</summary>
    public NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        for (var i = 0; i < types.Length; i++)
        {
            command.Parameters.Add(Values.Of(Column(i)));
        }

        return command;
    }

    private Array Column(int at) =>
        types[at] switch
        {
            'n' => Column(at, Whole),
            'd' => Column(at, value => (double?)value),
            't' => Column(at, value => value is string text ? Values.Text(text) : null),
            _ => Column(at, value => (byte[]?)value),
        };

    private T[] Column<T>(int at, Func<object?, T> read)
    {
        var column = new T[_rows.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = read(_rows[i][at]);
        }

        return column;
    }

    private static long? Whole(object? value) =>
        value switch
        {
            null => null,
            bool flag => flag ? 1 : 0,
            int number => number,
            _ => (long)value,
        };

    private static string NameOf(char type) =>
        type switch
        {
            'n' => "bigint",
            'd' => "double precision",
            't' => "text",
            _ => "bytea",
        };

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}

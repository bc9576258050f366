using AimmsOrchestrator.Journal.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Sql;

/// <summary>The current row of a query.</summary>
internal sealed class PostgreSqlRow(NpgsqlDataReader reader)
    : Row(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName))
{
    private readonly bool[] _isCondition =
    [
        .. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetFieldType(i) == typeof(bool)),
    ];

    /// <summary>The whole number of a column by its place; false, and 0, where it is NULL.</summary>
    public bool TryNumber(int at, out long number)
    {
        var isThere = !IsNull(at);
        number = isThere ? WholeAt(at) : 0;
        return isThere;
    }

    protected override bool IsNull(int at) => reader.IsDBNull(at);

    protected override string TextAt(int at) => reader.GetString(at);

    protected override long WholeAt(int at) => _isCondition[at] ? (reader.GetBoolean(at) ? 1 : 0) : reader.GetInt64(at);

    protected override double RealAt(int at) => reader.GetDouble(at);

    protected override byte[] BytesAt(int at) => reader.GetFieldValue<byte[]>(at);
}

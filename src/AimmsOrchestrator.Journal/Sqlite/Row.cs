using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Sqlite;

/// <summary>The current row of a query, by the columns' names.</summary>
internal sealed class Row(SqliteDataReader reader)
{
    private readonly Dictionary<string, int> _columns = Enumerable
        .Range(0, reader.FieldCount)
        .ToDictionary(reader.GetName, i => i, StringComparer.Ordinal);

    public string Text(string column) => reader.GetString(_columns[column]);

    public string? TextOrNull(string column) => IsNull(column) ? null : Text(column);

    public long Whole(string column) => reader.GetInt64(_columns[column]);

    public long? WholeOrNull(string column) => IsNull(column) ? null : Whole(column);

    public double? RealOrNull(string column) => IsNull(column) ? null : reader.GetDouble(_columns[column]);

    public byte[] Bytes(string column) => reader.GetFieldValue<byte[]>(_columns[column]);

    public byte[]? BytesOrNull(string column) => IsNull(column) ? null : Bytes(column);

    private bool IsNull(string column) => reader.IsDBNull(_columns[column]);
}

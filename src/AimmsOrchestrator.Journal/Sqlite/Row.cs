using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Sqlite;

/// <summary>The current row of a query, by the columns' names.</summary>
internal sealed class Row(SqliteDataReader reader)
{
    private readonly Dictionary<string, int> _columns = Enumerable
        .Range(0, reader.FieldCount)
        .ToDictionary(reader.GetName, i => i, StringComparer.Ordinal);

    /// <summary>The column that was read last: the one to name where its value makes no sense.</summary>
    public string Latest { get; private set; } = "";

    public bool Has(string column) => _columns.ContainsKey(column);

    /// <exception cref="FormatException">It is NULL.</exception>
    public string Text(string column) => reader.GetString(Filled(column));

    public string? TextOrNull(string column) => IsNull(column) ? null : Text(column);

    /// <summary>The text of a JSON object.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public string Object(string column) => JsonObjectText.Checked(Text(column));

    public string? ObjectOrNull(string column) => IsNull(column) ? null : Object(column);

    /// <exception cref="FormatException">It is NULL.</exception>
    public long Whole(string column) => reader.GetInt64(Filled(column));

    public long? WholeOrNull(string column) => IsNull(column) ? null : Whole(column);

    public double? RealOrNull(string column) => IsNull(column) ? null : reader.GetDouble(At(column));

    public byte[] Bytes(string column) => reader.GetFieldValue<byte[]>(At(column));

    public byte[]? BytesOrNull(string column) => IsNull(column) ? null : Bytes(column);

    private bool IsNull(string column) => reader.IsDBNull(At(column));

    private int Filled(string column) =>
        IsNull(column) ? throw new FormatException("there is no value") : _columns[column];

    private int At(string column)
    {
        Latest = column;
        return _columns[column];
    }
}

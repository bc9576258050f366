using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Sql;

/// <summary>The current row of a query, by the columns' names.</summary>
/// <param name="columns">Their names, in the query's order.</param>
internal abstract class Row(IEnumerable<string> columns)
{
    private readonly Dictionary<string, int> _columns = columns
        .Select((name, i) => (Name: name, Index: i))
        .ToDictionary(column => column.Name, column => column.Index, StringComparer.Ordinal);

    /// <summary>The column that was read last: the one to name where its value makes no sense.</summary>
    public string Latest { get; private set; } = "";

    public bool Has(string column) => _columns.ContainsKey(column);

    public bool IsNull(string column) => IsNull(At(column));

    /// <exception cref="FormatException">It is NULL.</exception>
    public string Text(string column) => TextOrNull(column) ?? throw Missing();

    public string? TextOrNull(string column) => At(column) is var at && IsNull(at) ? null : TextAt(at);

    /// <summary>The text of a JSON object.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public string Object(string column) => JsonObjectText.Checked(Text(column));

    public string? ObjectOrNull(string column) => TextOrNull(column) is { } text ? JsonObjectText.Checked(text) : null;

    /// <summary>A whole number; of a condition 1 or 0.</summary>
    /// <exception cref="FormatException">It is NULL.</exception>
    public long Whole(string column) => WholeOrNull(column) ?? throw Missing();

    public long? WholeOrNull(string column) => At(column) is var at && IsNull(at) ? null : WholeAt(at);

    public double? RealOrNull(string column) => At(column) is var at && IsNull(at) ? null : RealAt(at);

    public byte[] Bytes(string column) => BytesOrNull(column) ?? throw Missing();

    public byte[]? BytesOrNull(string column) => At(column) is var at && IsNull(at) ? null : BytesAt(at);

    protected abstract bool IsNull(int at);

    protected abstract string TextAt(int at);

    protected abstract long WholeAt(int at);

    protected abstract double RealAt(int at);

    protected abstract byte[] BytesAt(int at);

    private static FormatException Missing() => new("there is no value");

    private int At(string column)
    {
        Latest = column;
        return _columns[column];
    }
}

using AimmsOrchestrator.Journal.Sql;

namespace AimmsOrchestrator.Journal.Sqlite;

/// <summary>SQLite's spelling.</summary>
internal sealed class SqliteDialect : Dialect
{
    public static SqliteDialect Instance { get; } = new();

    /// <inheritdoc />
    public override string IndexedBy(string index) => $"INDEXED BY {index}";

    /// <inheritdoc />
    public override string ForUpdate => "";

    /// <inheritdoc />
    public override string JsonMember(string column, string member) =>
        $"CASE WHEN json_valid({column}) THEN {column} -> '{member}' END";

    /// <inheritdoc />
    public override string JsonText(string column, string member, string inner) =>
        $"CASE WHEN json_valid({column}) THEN {column} ->> '$.{member}.{inner}' END";

    /// <inheritdoc />
    public override string JsonWith(string column, string member, string text) =>
        $"json_set({column}, '$.{member}', {text})";

    /// <inheritdoc />
    public override string IsJson(string column) => $"json_valid({column})";
}

using AimmsOrchestrator.Journal.Sql;

namespace AimmsOrchestrator.Journal.PostgreSql.Sql;

/// <summary>PostgreSQL's spelling. It keeps statistics, and a column of JSON holds nothing else.</summary>
internal sealed class PostgreSqlDialect : Dialect
{
    public static PostgreSqlDialect Instance { get; } = new();

    /// <inheritdoc />
    public override string IndexedBy(string index) => "";

    /// <inheritdoc />
    public override string ForUpdate => "FOR UPDATE";

    /// <inheritdoc />
    public override string JsonMember(string column, string member) => $"({column} -> '{member}')::text";

    /// <inheritdoc />
    public override string JsonText(string column, string member, string inner) =>
        $"({column} -> '{member}' ->> '{inner}')";

    /// <inheritdoc />
    public override string JsonWith(string column, string member, string text) =>
        // As text: what is there already stays as it was written.
        $$"""('{"{{member}}":' || to_json({{text}}::text)::text || ',' || substr({{column}}::text, 2))::json""";

    /// <inheritdoc />
    public override string IsJson(string column) => "TRUE";
}

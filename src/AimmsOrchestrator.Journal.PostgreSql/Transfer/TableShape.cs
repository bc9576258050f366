using AimmsOrchestrator.Journal.Sql;

namespace AimmsOrchestrator.Journal.PostgreSql.Transfer;

/// <summary>A table that both databases have, as SQLite declares it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Keys">Those of its primary key, by which its rows are in the same order in both.</param>
internal sealed record TableShape(string Name, IReadOnlyList<TableColumn> Columns, IReadOnlyList<string> Keys)
{
    /// <summary>The tables of a journal, those first to which others refer. What changes by the second is not taken along.</summary>
    private static readonly string[] Names =
    [
        "blobs",
        "batches",
        "attachments",
        "drives",
        "responses",
        "runs",
        "steps",
        "accounts",
        "sizes",
        "warnings",
        "controls",
        "logs",
        "solves",
        "removed",
        "removed_tasks",
        "submissions",
        "tokens",
        "session_keys",
        "audit",
        "schedules",
        "schedule_files",
    ];

    /// <summary>The rows of the table, in the order of its key.</summary>
    public string Select =>
        $"SELECT {string.Join(", ", Columns.Select(column => column.Name))} FROM {Name} ORDER BY {string.Join(", ", Keys)}";

    /// <summary>The shapes of all tables.</summary>
    /// <param name="database">A journal in SQLite.</param>
    public static IReadOnlyList<TableShape> Of(Database database) => [.. Names.Select(name => Of(database, name))];

    private static TableShape Of(Database database, string name)
    {
        var columns = database.All(
            "SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid",
            row => (Column: new TableColumn(row.Text("name"), row.Text("type")), Key: row.Whole("pk")),
            name
        );
        return new TableShape(
            name,
            [.. columns.Select(column => column.Column)],
            [
                .. columns
                    .Where(column => column.Key > 0)
                    .OrderBy(column => column.Key)
                    .Select(column => column.Column.Name),
            ]
        );
    }
}

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">INTEGER, REAL, TEXT or BLOB.</param>
internal sealed record TableColumn(string Name, string Type)
{
    /// <summary>The value of a row; null for NULL.</summary>
    public object? Of(Row row) =>
        Type switch
        {
            "INTEGER" => row.WholeOrNull(Name),
            "REAL" => row.RealOrNull(Name),
            "TEXT" => row.TextOrNull(Name),
            _ => row.BytesOrNull(Name),
        };
}

using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Journal.PostgreSql.Transfer;
using AimmsOrchestrator.Tests.Journal.Sqlite;
using AimmsOrchestrator.Tests.Journal.Suites;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>A journal that moves into a database and back.</summary>
[NeedsPostgreSql]
public sealed class JournalTransferTests : JournalSuite
{
    private readonly SqliteAdapter _folder;
    private readonly PostgreSqlAdapter _database = new();
    private readonly SqliteAdapter _back = new();
    private readonly JournalTransfer _transfer = new(TimeProvider.System);

    public JournalTransferTests()
        : this(new SqliteAdapter()) { }

    private JournalTransferTests(SqliteAdapter folder)
        : base(folder) => _folder = folder;

    [SuiteFact]
    public async Task Every_table_comes_back_as_it_was()
    {
        var batch = await FilledAsync();

        await _transfer.ImportAsync(_folder.Workspace, _database.Workspace);
        var tables = await _transfer.ExportAsync(_database.Workspace, _back.Workspace);

        Assert.Equal(Dump(_folder), Dump(_back));
        Assert.Equal(2, tables.Single(table => table.Table == "runs").Rows);
        Assert.Equal(_folder.Reader.Runs(batch.Number), _database.Reader.Runs(batch.Number));

        // Numbers go on where they were.
        var next = await _database.Writer.OpenBatchAsync(SomeBatch("a"));
        Assert.Equal("a-2", next.Id.Value);
    }

    [SuiteFact]
    public async Task What_is_there_already_is_not_mixed_up()
    {
        await FilledAsync();
        using (var book = _database.Workspace.OpenAccessBook())
        {
            book.Add(new AccessToken("alice", Role.Admin, At), [1]);
        }

        var error = await Assert.ThrowsAsync<JournalException>(() =>
            _transfer.ImportAsync(_folder.Workspace, _database.Workspace)
        );

        Assert.Contains("its table tokens has rows", error.Message, StringComparison.Ordinal);
        Assert.Empty(_database.Reader.Batches());
    }

    [SuiteFact]
    public async Task A_journal_whose_batch_is_driven_stays_where_it_is()
    {
        var batch = await FilledAsync();
        using var driven = _folder.Drive(batch);

        var error = await Assert.ThrowsAsync<JournalException>(() =>
            _transfer.ImportAsync(_folder.Workspace, _database.Workspace)
        );

        Assert.Contains("a-1 is driven by process", error.Message, StringComparison.Ordinal);
    }

    public override async Task DisposeAsync()
    {
        await _database.CloseAsync();
        await _back.CloseAsync();
        await base.DisposeAsync();
    }

    private async Task<BatchRecord> FilledAsync()
    {
        var batch = await OpenAsync();
        await CompleteAsync(batch, 0, "ü and more");
        await AppendAsync(batch, 1, new SubmitIntended(1, At), new SubmitFailed(1, Fault, CountsAsAttempt: true, At));
        await Writer.AppendAsync([new TaskLogRead(batch.Number, 0, new TaskId("t"), "line", At)]);
        return batch;
    }

    /// <summary>All rows of all tables, as SQLite prints them.</summary>
    private static List<string> Dump(SqliteAdapter adapter)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(adapter.Workspace.Folder, "batches.db")};Pooling=False"
        );
        connection.Open();
        return
        [
            .. Rows(
                    connection,
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('demands', 'sqlite_sequence')"
                )
                .SelectMany(
                    table => Rows(connection, $"SELECT * FROM {table} ORDER BY 1"),
                    (table, row) => $"{table}: {row}"
                ),
        ];
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var query = connection.CreateCommand();
        query.CommandText = sql;
        using var reader = query.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(
                string.Join(
                    '|',
                    values.Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}")
                )
            );
        }

        return rows;
    }
}

using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal.PostgreSql;
using AimmsOrchestrator.Tests.Journal.Suites;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>A database of its own.</summary>
public sealed class PostgreSqlAdapter : IWorkspaceAdapter
{
    /// <summary>A database with tables, which are made once: copying them takes less time.</summary>
    private static readonly Lazy<string> Template = new(MakeTemplate);

    /// <summary>
    /// On a busy machine a node of a test may be silent for seconds: what it writes of itself holds for longer, so that it is dead
    /// only where a test writes so.
    /// </summary>
    private static readonly string Liveliness = $"""
        CREATE FUNCTION prolong() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN NEW.seen = NEW.seen + make_interval(secs => {Waiting.Patience.TotalSeconds}); RETURN NEW; END';
        CREATE TRIGGER prolong BEFORE INSERT OR UPDATE ON nodes FOR EACH ROW
            WHEN (NEW.seen > clock_timestamp() - make_interval(secs => {OwnershipTimes.DeadAfter.TotalSeconds})) EXECUTE FUNCTION prolong()
        """;

    private readonly string _connection = PostgreSqlServer.Shared.CreateDatabase(Template.Value);
    private readonly PostgreSqlWorkspace _other;

    public PostgreSqlAdapter()
    {
        Workspace = PostgreSqlWorkspace.Open(_connection, Folder, TimeProvider.System);
        _other = PostgreSqlWorkspace.Open(_connection, Folder, TimeProvider.System);
        Writer = Workspace.OpenWriter();
        Reader = Workspace.OpenReader();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("marks-").FullName;

    public PostgreSqlWorkspace Workspace { get; }

    IWorkspace IWorkspaceAdapter.Workspace => Workspace;

    public IWorkspace Other => _other;

    public IJournalWriter Writer { get; }

    public IJournalReader Reader { get; }

    public IRunHistory History => Reader;

    public long Claim(BatchRecord batch)
    {
        using var claim = _other.TryClaim(batch, TimeProvider.System);
        return claim!.Epoch;
    }

    public IDisposable Drive(BatchRecord batch) => _other.TryClaim(batch, TimeProvider.System)!;

    public IServiceBook OpenServiceBook() => Workspace.OpenServiceBook();

    public IResultCache OpenResultCache(long batch, bool isFresh, TimeSpan? longestSolve = null) =>
        Workspace.OpenResultCache(batch, isFresh, longestSolve);

    public ITaskIndex OpenTaskIndex(long batch) => Workspace.OpenTaskIndex(batch);

    /// <summary>Opens its database once more, as another node does.</summary>
    /// <param name="port">Where to reach the server; its own port where null.</param>
    /// <param name="time">The clock; the system's where null.</param>
    /// <param name="log">Gets what keeps the node from giving signs of life; nothing where null.</param>
    public PostgreSqlWorkspace Open(int? port = null, TimeProvider? time = null, ILogger? log = null) =>
        PostgreSqlWorkspace.Open(
            ConnectionBy(port ?? PostgreSqlServer.Shared.Port),
            Folder,
            time ?? TimeProvider.System,
            log: log
        );

    /// <summary>Its connection, by another port.</summary>
    public string ConnectionBy(int port) =>
        new NpgsqlConnectionStringBuilder(_connection) { Port = port }.ConnectionString;

    /// <summary>Keeps writers out of a table until the lock is disposed of.</summary>
    public IDisposable Lock(string table)
    {
        var connection = new NpgsqlConnection($"{_connection};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Runs a statement on it.</summary>
    public void Execute(string sql) =>
        PostgreSqlServer.Shared.Execute(new NpgsqlConnectionStringBuilder(_connection).Database!, sql);

    public void WithKeptRows(string table, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Execute(
            $"""
            CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''kept''; END';
            CREATE TRIGGER kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kept()
            """
        );
        action();
        Execute("DROP FUNCTION kept CASCADE");
    }

    public async Task CloseAsync()
    {
        Reader.Dispose();
        Writer.Dispose();
        // Else their nodes would try to give signs of life for as long as the tests run.
        await _other.DisposeAsync();
        await Workspace.DisposeAsync();
        PostgreSqlServer.Shared.Drop(_connection);
        Directory.Delete(Folder, recursive: true);
    }

    private static string MakeTemplate()
    {
        var connection = PostgreSqlServer.Shared.CreateDatabase();
        // A database that has connections cannot be copied.
        using var source = PostgreSqlWorkspace.Open(connection, Path.GetTempPath(), TimeProvider.System).Source;
        var database = new NpgsqlConnectionStringBuilder(connection).Database!;
        PostgreSqlServer.Shared.Execute(database, Liveliness);
        return database;
    }
}

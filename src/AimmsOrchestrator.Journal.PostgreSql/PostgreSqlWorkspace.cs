using System.Globalization;
using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal.Accounts;
using AimmsOrchestrator.Journal.PostgreSql.Nodes;
using AimmsOrchestrator.Journal.PostgreSql.Schema;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using AimmsOrchestrator.Journal.PostgreSql.Writing;
using AimmsOrchestrator.Journal.Reading;
using AimmsOrchestrator.Journal.Writing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql;

/// <summary>A PostgreSQL database where batches live, shared by any number of processes on any number of machines.</summary>
public sealed class PostgreSqlWorkspace : IWorkspace, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private readonly string _folder;
    private readonly DatabaseNode _node;

    private PostgreSqlWorkspace(NpgsqlDataSource source, string folder, DatabaseNode node, TimeProvider time)
    {
        (_source, _folder, _node, _time) = (source, folder, node, time);
        Name = PostgreSqlErrors.NameOf(source.ConnectionString);
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <summary>The nodes that share the database.</summary>
    public INodeTable Nodes => new NodeTable(OpenDatabase, _node);

    /// <summary>The batches that no living node drives although one should.</summary>
    public ILeftBatches LeftBatches => new LeftBatchTable(OpenDatabase, _node);

    /// <summary>Who decides for the cluster while its nodes do not reach each other.</summary>
    public ILeaseTable Leases => new LeaseTable(_source);

    /// <summary>The pool.</summary>
    internal NpgsqlDataSource Source => _source;

    /// <inheritdoc />
    public long DatabaseBytes =>
        PostgreSqlErrors.Guard(
            _source,
            () => new PostgreSqlDatabase(_source).Number("SELECT pg_database_size(current_database())")!.Value
        );

    /// <summary>Opens a database, and makes its tables or brings them up to date where it has to be.</summary>
    /// <param name="connection">As a person gives it: <c>Host=…;Database=…;Username=…</c>, without a password.</param>
    /// <param name="folder">Where this process keeps marks of its own, which outlive it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="address">Where the fellows of this node reach it; null where they do not.</param>
    /// <param name="version">The program's version.</param>
    /// <param name="log">Gets what keeps this node from giving signs of life; nothing by default.</param>
    /// <exception cref="JournalException">It cannot be used, is not this program's, or is newer than this program.</exception>
    public static PostgreSqlWorkspace Open(
        string connection,
        string folder,
        TimeProvider time,
        string? address = null,
        string version = "",
        ILogger? log = null
    )
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(time);
        var source = PostgreSqlSettings.Open(connection);
        try
        {
            Migrations.Apply(source);
            var trouble = new SignTrouble(PostgreSqlErrors.NameOf(source.ConnectionString), log ?? NullLogger.Instance);
            var node = new DatabaseNode(source, Describe(address, version, time), time, trouble);
            return new PostgreSqlWorkspace(source, folder, node, time);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Gives the signs of life of a node, also before it drives anything.</summary>
    /// <exception cref="JournalException">The database cannot be written.</exception>
    public void Join() => _node.Start();

    /// <inheritdoc />
    public IJournalWriter OpenWriter() => new PostgreSqlJournalWriter(_source, _time, _node.CountRefused);

    /// <inheritdoc />
    public IJournalReader OpenReader() => new JournalReader(OpenDatabase());

    /// <inheritdoc />
    public IResultCache OpenResultCache(long batch, bool isFresh, TimeSpan? longestSolve = null) =>
        new ResultCache(OpenDatabase(), batch, isFresh, longestSolve);

    /// <inheritdoc />
    public ITaskIndex OpenTaskIndex(long batch) => new TaskIndex(OpenDatabase(), batch);

    /// <inheritdoc />
    public IServiceBook OpenServiceBook() =>
        new ServiceBook(OpenDatabase(), IsKept, Free, () => new DemandTable(OpenDatabase()));

    /// <inheritdoc />
    public IAccessBook OpenAccessBook() => new AccessBook(OpenDatabase());

    /// <inheritdoc />
    public IScheduleBook OpenScheduleBook() => new ScheduleBook(OpenDatabase());

    /// <inheritdoc />
    public bool IsFreedBesideWork => true;

    /// <inheritdoc />
    public IJournalUpkeep OpenUpkeep() => new JournalUpkeep(new PostgreSqlDatabase(_source, isPatient: true));

    /// <inheritdoc />
    public IEvaluationMarks OpenMarks(BatchId batch) => EvaluationMarks.Open(_folder, batch);

    /// <inheritdoc />
    public Task<IDisposable> EnterIntakeAsync(TimeProvider time) => PostgreSqlIntake.EnterAsync(_source);

    /// <inheritdoc />
    public IBatchClaim? TryClaim(BatchRecord batch, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var database = OpenDatabase();
        return _node.TryTake(database, batch.Number, takeBack: () => AccountRows.TakeBack(database, batch.Number));
    }

    /// <inheritdoc />
    public ClaimHolder? HolderOf(BatchId batch) =>
        OpenDatabase()
            .All($"{NodeStatements.Held} AND b.id = $1", row => new ClaimHolder(row.Text("description")), batch.Value)
            .FirstOrDefault();

    /// <inheritdoc />
    public IReadOnlyList<(BatchId Batch, ClaimHolder Holder)> Claims() =>
        OpenDatabase()
            .All(
                $"{NodeStatements.Held} ORDER BY b.id",
                row => (new BatchId(row.Text("id")), new ClaimHolder(row.Text("description")))
            );

    /// <inheritdoc />
    public void AskToLeave(BatchId batch) =>
        Guarded("UPDATE batches SET leave_asked = 1 WHERE id = $1 AND node IS NOT NULL", batch.Value);

    /// <inheritdoc />
    public void ForgetClaims(IEnumerable<BatchId> batches)
    {
        // A claim is a part of the batch's row.
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private static NodeDescription Describe(string? address, string version, TimeProvider time)
    {
        var since = time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new NodeDescription(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.MachineName}-{Environment.ProcessId}-{time.GetUtcNow():yyyyMMddHHmmssfff}-{Guid.NewGuid():N}"
            ),
            $"process {Environment.ProcessId} on {Environment.MachineName} since {since}",
            address,
            version
        );
    }

    /// <summary>Frees a slot. A take-over waits for this, or has raised the epoch: else it would count a slot that is freed right after.</summary>
    private bool Free(LeftSlot slot)
    {
        var database = OpenDatabase();
        var batch = slot.Run.Batch;
        return database.InTransaction(() =>
        {
            database.Number("SELECT epoch FROM batches WHERE number = $1 FOR SHARE", batch);
            if (IsKept(slot.Batch))
            {
                return false;
            }

            var isFreed = database.Execute(RunRow.Free, batch, slot.Run.Run, slot.Attempt, slot.Epoch) > 0;
            AccountRows.Count(database, batch);
            return isFreed;
        });
    }

    /// <summary>Whether a node has a batch, or may come back to it after it stood still: it gives slots back itself.</summary>
    private bool IsKept(BatchId batch) =>
        OpenDatabase().All(NodeStatements.Kept, row => row.Whole("number"), batch.Value).Count > 0;

    internal PostgreSqlDatabase OpenDatabase() => new(_source);

    private void Guarded(string sql, params object?[] values)
    {
        var database = OpenDatabase();
        database.Guard(() => database.Execute(sql, values));
    }
}

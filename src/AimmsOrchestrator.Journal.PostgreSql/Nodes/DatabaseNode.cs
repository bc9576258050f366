using System.Data;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>
/// This process as the database knows it: a row that is written every half second for as long as it lives, and the claims that it
/// has. A batch is taken from a node only once that row has stood still for some seconds. Safe for many threads.
/// </summary>
/// <param name="source">The pool.</param>
/// <param name="description">What it says of itself.</param>
/// <param name="time">The clock.</param>
/// <param name="trouble">Gets why a sign of life could not be given.</param>
internal sealed class DatabaseNode(
    NpgsqlDataSource source,
    NodeDescription description,
    TimeProvider time,
    SignTrouble trouble
) : IAsyncDisposable
{
    private const int SignsUntilGivenUp = 6;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly HashSet<PostgreSqlClaim> _claims = [];
    private readonly Dictionary<long, (long Epoch, int Signs)> _unclaimed = [];
    private Task? _signs;
    private MonotonicLease.Moment? _lastSign;
    private long _steadySince;
    private volatile bool _isLeaving;
    private int _refused;

    /// <summary>For how long its signs of life have been written without a break; zero where the last one is too old.</summary>
    public TimeSpan SteadyFor
    {
        get
        {
            lock (_lock)
            {
                return _lastSign is { } last && time.GetElapsedTime(last.Timestamp) < OwnershipTimes.DeadAfter
                    ? time.GetElapsedTime(_steadySince)
                    : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Its name, which no other start of a process has.</summary>
    public string Name => description.Name;

    /// <summary>Gives the first sign of life, and goes on.</summary>
    /// <exception cref="Domain.Journaling.JournalException">The database cannot be written.</exception>
    public void Start()
    {
        lock (_lock)
        {
            if (_signs is not null)
            {
                return;
            }

            PostgreSqlErrors.Guard(
                source,
                () =>
                {
                    using var connection = source.OpenPatiently();
                    using var forget = new NpgsqlCommand(NodeStatements.ForgetOld, connection);
                    forget.ExecuteNonQuery();
                    using var join = new NpgsqlCommand(NodeStatements.Sign, connection).With(Row);
                    return join.ExecuteNonQuery();
                }
            );
            _signs = Task.Run(SignAsync);
        }
    }

    /// <summary>Takes a batch, where no living node has it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="batch">The batch's number.</param>
    /// <param name="takeBack">Takes back, in the same transaction, the batch's slots that were freed while it was left.</param>
    /// <returns>The claim; null where a living node has the batch, this one included.</returns>
    /// <exception cref="Domain.Journaling.JournalException">The database cannot be written.</exception>
    /// <exception cref="InvalidOperationException">A bug keeps this node from giving signs of life: it would lose the batch at once.</exception>
    public PostgreSqlClaim? TryTake(PostgreSqlDatabase database, long batch, Action takeBack)
    {
        Start();
        if (trouble.Bug is { } bug)
        {
            throw new InvalidOperationException($"no sign of life can be given: {bug.Message}", bug);
        }

        var sent = MonotonicLease.Now(time);
        var epoch = database.InTransaction(() =>
        {
            // A sign of life of its own first: so none takes from it what it is about to take.
            database.Execute(NodeStatements.Sign, Row);
            var holders = database.All(
                NodeStatements.Holder,
                row => (Node: row.Text("node"), Lives: row.Whole("lives") == 1),
                batch
            );
            if (holders is [{ Lives: true }])
            {
                return null;
            }

            var left = holders is [var holder] ? holder.Node : NameIn(database, batch);
            var raised = database.Number(NodeStatements.Take, batch, Name, left);
            if (raised is not null)
            {
                takeBack();
            }

            return raised;
        });
        if (epoch is not { } mine)
        {
            return null;
        }

        var lease = new MonotonicLease(time, OwnershipTimes.Lease);
        lease.Renew(sent);
        var claim = new PostgreSqlClaim(this, batch, mine, lease);
        lock (_lock)
        {
            _claims.Add(claim);
        }

        return claim;
    }

    /// <summary>Gives a claim up.</summary>
    public void Release(PostgreSqlClaim claim)
    {
        lock (_lock)
        {
            _claims.Remove(claim);
        }

        try
        {
            using var release = source.CreateCommand(NodeStatements.Release).With([claim.Batch, claim.Epoch]);
            release.ExecuteNonQuery();
        }
        catch (NpgsqlException)
        {
            // A later sign of life finds a batch that has no claim, and gives it up.
        }
    }

    /// <summary>The database has refused what this process wrote of batches that others drive by now.</summary>
    public void CountRefused(int entries) => Interlocked.Add(ref _refused, entries);

    /// <summary>Says that the node leaves its batches in order.</summary>
    public void Leave() => _isLeaving = true;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_signs is not null)
        {
            await _signs.ConfigureAwait(false);
            try
            {
                await using var forget = source.CreateCommand(NodeStatements.Forget).With([Name]);
                await forget.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
            catch (NpgsqlException)
            {
                // Its row stands still from now on, which says the same some seconds later.
            }
        }

        _stopping.Dispose();
    }

    private object?[] Row =>
        [
            description.Name,
            description.Text,
            description.Address,
            description.Version,
            _isLeaving,
            Volatile.Read(ref _refused),
        ];

    /// <summary>A node that has given its row up is the batch's no more, and its name still stands there.</summary>
    private static string? NameIn(PostgreSqlDatabase database, long batch) =>
        database
            .All("SELECT node FROM batches WHERE number = $1", row => row.TextOrNull("node"), batch)
            .FirstOrDefault();

    private async Task SignAsync()
    {
        using var timer = new PeriodicTimer(OwnershipTimes.BetweenSigns, time);
        NpgsqlConnection? connection = null;
        try
        {
            do
            {
                try
                {
                    // One of its own: those of the pool may all be taken.
                    connection ??= await source.OpenConnectionAsync(_stopping.Token).ConfigureAwait(false);
                    await SignAsync(connection).ConfigureAwait(false);
                    trouble.End();
                }
                catch (Exception e) when (!_stopping.IsCancellationRequested)
                {
                    // The next sign of life is tried in any case: a node that has stopped giving them drives nothing.
                    trouble.Report(e, isConnectionLost: connection is { State: not ConnectionState.Open });
                    if (connection is not null)
                    {
                        await connection.DisposeAsync().ConfigureAwait(false);
                        connection = null;
                    }
                }
            } while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false));
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The node ends, whatever the sign under way came to.
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>One sign of life, and what it finds out about the node's claims, in one transaction.</summary>
    private async Task SignAsync(NpgsqlConnection connection)
    {
        PostgreSqlClaim[] claims;
        lock (_lock)
        {
            claims = [.. _claims];
        }

        var sent = MonotonicLease.Now(time);
        await using var batch = connection.CreateBatch();
        batch.Timeout = (int)OwnershipTimes.Lease.TotalSeconds;
        batch.BatchCommands.Add(Command(NodeStatements.Sign, Row));
        batch.BatchCommands.Add(Command(NodeStatements.Owned, Name));
        Dictionary<long, (long Epoch, bool IsAskedToLeave)> owned = [];
        await using (var rows = await batch.ExecuteReaderAsync(_stopping.Token).ConfigureAwait(false))
        {
            while (await rows.ReadAsync(_stopping.Token).ConfigureAwait(false))
            {
                owned[rows.GetInt64(0)] = (rows.GetInt64(1), rows.GetInt64(2) == 1);
            }
        }

        lock (_lock)
        {
            if (
                _lastSign is not { } last
                || time.GetElapsedTime(last.Timestamp, sent.Timestamp) >= OwnershipTimes.DeadAfter
            )
            {
                _steadySince = sent.Timestamp;
            }

            _lastSign = sent;
        }

        foreach (var claim in claims)
        {
            claim.Learn(sent, owned.TryGetValue(claim.Batch, out var row) ? row : null);
        }

        await GiveUpAsync(connection, owned).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives up batches that are this node's in the database and have no claim here: it could not be given up in its time, or the
    /// answer to its take-over was lost. A claim that is being made has some signs of life to appear.
    /// </summary>
    private async Task GiveUpAsync(
        NpgsqlConnection connection,
        Dictionary<long, (long Epoch, bool IsAskedToLeave)> owned
    )
    {
        foreach (var batch in _unclaimed.Keys.Where(batch => !owned.ContainsKey(batch)).ToList())
        {
            _unclaimed.Remove(batch);
        }

        foreach (var (batch, (epoch, _)) in owned)
        {
            bool isClaimed;
            lock (_lock)
            {
                isClaimed = _claims.Any(claim => claim.Batch == batch && claim.Epoch == epoch);
            }

            var signs = _unclaimed.TryGetValue(batch, out var seen) && seen.Epoch == epoch ? seen.Signs + 1 : 1;
            _unclaimed[batch] = (epoch, isClaimed ? 0 : signs);
            if (!isClaimed && signs > SignsUntilGivenUp)
            {
                await using var release = new NpgsqlCommand(NodeStatements.Release, connection).With([batch, epoch]);
                await release.ExecuteNonQueryAsync(_stopping.Token).ConfigureAwait(false);
            }
        }
    }

    private static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(Values.Of(value));
        }

        return command;
    }
}

using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>
/// This process as the database knows it: a row that is written every half second for as long as it lives. A batch is taken from
/// a node only once that row has stood still for some seconds, by the database's clock. Safe for many threads.
/// </summary>
internal sealed class DatabaseNode : IAsyncDisposable
{
    /// <summary>A node that has given no sign of life for this long drives nothing.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan BetweenSigns = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private readonly NodeDescription _description;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task? _signs;
    private long _steadySince;
    private long _lastSign;
    private bool _isSteady;
    private bool _isLeaving;
    private int _refused;

    /// <param name="source">The pool.</param>
    /// <param name="description">What it says of itself.</param>
    /// <param name="time">The clock.</param>
    public DatabaseNode(NpgsqlDataSource source, NodeDescription description, TimeProvider time) =>
        (_source, _description, _time) = (source, description, time);

    /// <summary>Its name, which no other start of a process has.</summary>
    public string Name => _description.Name;

    /// <summary>For how long its signs of life have been written without a break; zero where the last one failed.</summary>
    public TimeSpan SteadyFor
    {
        get
        {
            lock (_lock)
            {
                return _isSteady ? _time.GetElapsedTime(_steadySince) : TimeSpan.Zero;
            }
        }
    }

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
                _source,
                () =>
                {
                    using var connection = _source.OpenConnection();
                    using var join = Join(connection);
                    return join.ExecuteNonQuery();
                }
            );
            _signs = Task.Run(SignAsync);
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
            await ForgetAsync().ConfigureAwait(false);
        }

        _stopping.Dispose();
    }

    private async Task SignAsync()
    {
        using var timer = new PeriodicTimer(BetweenSigns, _time);
        NpgsqlConnection? connection = null;
        while (!_stopping.IsCancellationRequested)
        {
            var before = _time.GetTimestamp();
            try
            {
                // One of its own: the pool's may all be taken.
                connection ??= await _source.OpenConnectionAsync(_stopping.Token).ConfigureAwait(false);
                await using var sign = Join(connection);
                sign.CommandTimeout = 2;
                await sign.ExecuteNonQueryAsync(_stopping.Token).ConfigureAwait(false);
                Written(before);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                lock (_lock)
                {
                    _isSteady = false;
                }

                if (connection is not null)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                    connection = null;
                }
            }

            try
            {
                await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        if (connection is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Written(long before)
    {
        lock (_lock)
        {
            if (!_isSteady || _time.GetElapsedTime(_lastSign, before) > DeadAfter)
            {
                _steadySince = before;
            }

            (_isSteady, _lastSign) = (true, before);
        }
    }

    private NpgsqlCommand Join(NpgsqlConnection connection) =>
        new NpgsqlCommand(
            """
            INSERT INTO nodes (node, description, address, version, joined, seen, leaving, refused)
            VALUES ($1, $2, $3, $4, clock_timestamp(), clock_timestamp(), $5, $6)
            ON CONFLICT (node) DO UPDATE SET seen = clock_timestamp(), leaving = excluded.leaving, refused = excluded.refused
            """,
            connection
        ).With([
            _description.Name,
            _description.Text,
            _description.Address,
            _description.Version,
            _isLeaving,
            Volatile.Read(ref _refused),
        ]);

    private async Task ForgetAsync()
    {
        try
        {
            await using var forget = _source.CreateCommand("DELETE FROM nodes WHERE node = $1").With([Name]);
            await forget.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // Its row stands still from now on, which says the same some seconds later.
        }
    }
}

/// <summary>What a node says of itself.</summary>
/// <param name="Name">Its name, which no other start of a process has.</param>
/// <param name="Text">Process, machine and since when, for people.</param>
/// <param name="Address">Where its fellows reach it; null where they do not.</param>
/// <param name="Version">The program's version.</param>
public sealed record NodeDescription(string Name, string Text, string? Address, string Version);

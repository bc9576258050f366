using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using AimmsOrchestrator.Journal.Text;
using AimmsOrchestrator.Journal.Writing;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Writing;

/// <summary>
/// Writes the journal to PostgreSQL, a group of entries as one transaction in two round trips: the first locks and reads what
/// the group depends on, the second writes and commits. For one caller at a time.
/// </summary>
/// <param name="source">The pool.</param>
/// <param name="time">The clock.</param>
/// <param name="refused">Is called with the number of entries that were refused, since the batch has another epoch by now.</param>
internal sealed class PostgreSqlJournalWriter(NpgsqlDataSource source, TimeProvider time, Action<int>? refused = null)
    : IJournalWriter
{
    /// <summary>A group that waited longer for the database has met an outage.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(2);

    private readonly CertainCommit _commits = new(source, time);
    private readonly Dictionary<long, string?> _accounts = [];

    /// <summary>When the last outage was over.</summary>
    private DateTimeOffset _isBackSince = DateTimeOffset.MinValue;

    /// <inheritdoc />
    public ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch) =>
        _commits.RunAsync<BatchRecord>(
            async (connection, commit) =>
            {
                await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
                await using var identify = new NpgsqlCommand(
                    $"SELECT pg_advisory_xact_lock(1095323970, 1); {CertainCommit.Identify}",
                    connection
                );
                await using var rows = await identify.ExecuteReaderAsync().ConfigureAwait(false);
                await rows.NextResultAsync().ConfigureAwait(false);
                await rows.ReadAsync().ConfigureAwait(false);
                var number = rows.GetString(0);
                await rows.DisposeAsync().ConfigureAwait(false);
                using var writer = new BatchWriter(new PostgreSqlDatabase(source, connection));
                var opened = writer.Open(batch);
                commit.Begin(number, opened);
                await transaction.CommitAsync().ConfigureAwait(false);
                return opened;
            }
        );

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group)
    {
        try
        {
            var since = time.GetTimestamp();
            var outcomes = await _commits
                .RunAsync<AppendOutcome[]>((connection, commit) => AppendAsync(connection, group, since, commit))
                .ConfigureAwait(false);
            if (outcomes.Count(outcome => outcome == AppendOutcome.Fenced) is > 0 and var fenced)
            {
                refused?.Invoke(fenced);
            }

            return outcomes;
        }
        catch (Exception e) when (e is FormatException or InvalidCastException)
        {
            throw new JournalException(
                $"{PostgreSqlErrors.NameOf(source.ConnectionString)} holds what this program cannot read: {e.Message}",
                e
            );
        }
    }

    public void Dispose()
    {
        // The pool is the workspace's.
    }

    private async Task<AppendOutcome[]> AppendAsync(
        NpgsqlConnection connection,
        IReadOnlyList<JournalEntry> group,
        long since,
        Commit<AppendOutcome[]> commit
    )
    {
        var known = await FoundAsync(connection, group).ConfigureAwait(false);
        var append = new GroupAppend(new PostgreSqlDatabase(source, connection), known);
        var transaction = await append.BeginAsync(connection, group).ConfigureAwait(false);
        if (time.GetElapsedTime(since) > Outage)
        {
            _isBackSince = time.GetUtcNow();
        }

        var outcomes = append.Decide(group, _isBackSince);
        await using var writing = connection.CreateBatch();
        append.MoveTo(writing);
        writing.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        commit.Begin(transaction, outcomes);
        await writing.ExecuteNonQueryAsync().ConfigureAwait(false);
        return outcomes;
    }

    /// <summary>The accounts of a group's batches; a batch's account is fixed when it is opened.</summary>
    private async Task<IReadOnlyDictionary<long, string?>> FoundAsync(
        NpgsqlConnection connection,
        IReadOnlyList<JournalEntry> group
    )
    {
        foreach (
            var batch in group.Select(entry => entry.Batch).Distinct().Where(b => !_accounts.ContainsKey(b)).ToList()
        )
        {
            await using var query = new NpgsqlCommand(
                "SELECT account FROM batches WHERE number = $1",
                connection
            ).With([batch]);
            _accounts[batch] = await query.ExecuteScalarAsync().ConfigureAwait(false) as string;
        }

        return _accounts;
    }
}

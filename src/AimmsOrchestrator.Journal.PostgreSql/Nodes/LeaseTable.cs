using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>Leases as rows: one that has expired, by the database's clock, is free.</summary>
internal sealed class LeaseTable(NpgsqlDataSource source) : ILeaseTable
{
    private const string Acquire = """
        INSERT INTO leases AS l (name, owner, until) VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
        ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
        WHERE l.owner = excluded.owner OR l.until < clock_timestamp()
        """;

    /// <inheritdoc />
    public async Task<bool> TryAcquireAsync(
        string name,
        string owner,
        TimeSpan lifetime,
        CancellationToken cancellation
    ) => await ExecuteAsync(Acquire, [name, owner, lifetime.TotalSeconds], cancellation).ConfigureAwait(false) > 0;

    /// <inheritdoc />
    public Task ReleaseAsync(string name, string owner, CancellationToken cancellation) =>
        ExecuteAsync("DELETE FROM leases WHERE name = $1 AND owner = $2", [name, owner], cancellation);

    private async Task<int> ExecuteAsync(string sql, object?[] values, CancellationToken cancellation)
    {
        try
        {
            await using var command = source.CreateCommand(sql).With(values);
            return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
        catch (NpgsqlException e)
        {
            throw PostgreSqlErrors.With(PostgreSqlErrors.NameOf(source.ConnectionString), e);
        }
    }
}

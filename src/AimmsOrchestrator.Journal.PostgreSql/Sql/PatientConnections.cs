using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Sql;

/// <summary>
/// Connections for statements that are not tried again one by one. An attempt to connect has 5 s by the clock, which a busy machine can
/// take too: nothing was sent then, and it is made once more.
/// </summary>
internal static class PatientConnections
{
    private const int MostTries = 3;

    /// <summary>Opens a connection.</summary>
    /// <exception cref="NpgsqlException">The server refuses, or has not answered three times.</exception>
    public static NpgsqlConnection OpenPatiently(this NpgsqlDataSource source)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return source.OpenConnection();
            }
            catch (NpgsqlException e) when (tries < MostTries && IsLate(e))
            {
                // Once more.
            }
        }
    }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="NpgsqlException">The server refuses, or has not answered three times.</exception>
    public static async Task<NpgsqlConnection> OpenPatientlyAsync(this NpgsqlDataSource source)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await source.OpenConnectionAsync().ConfigureAwait(false);
            }
            catch (NpgsqlException e) when (tries < MostTries && IsLate(e))
            {
                // Once more.
            }
        }
    }

    /// <summary>Whether the server was late. Where the pool is used up, another wait would make that worse.</summary>
    private static bool IsLate(NpgsqlException error) =>
        error.InnerException is TimeoutException && !error.Message.Contains("pool", StringComparison.OrdinalIgnoreCase);
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace AimmsOrchestrator.Benchmarks.Clustering;

/// <summary>A PostgreSQL server of its own, which can crash, be away and come back.</summary>
internal sealed class DatabaseProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cluster-pg-").FullName;
    private readonly int _port = FreePort();
    private readonly string _bin = Directory
        .EnumerateDirectories("/usr/lib/postgresql")
        .Order(StringComparer.Ordinal)
        .Last();

    /// <summary>Where it listens.</summary>
    public int Port => _port;

    /// <summary>Its connection, as a person gives it.</summary>
    public string Connection =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Database=aimms;Username=postgres");

    public static async Task<DatabaseProcess> StartAsync()
    {
        var database = new DatabaseProcess();
        if (Environment.UserName == "root")
        {
            await RunAsync($"chown postgres {database._folder}").ConfigureAwait(false);
        }

        await RunAsync(AsUser($"{database._bin}/bin/initdb -A trust -U postgres -E UTF8 -D {database._folder}/data"))
            .ConfigureAwait(false);
        await database.BeginAsync().ConfigureAwait(false);
        await using var connection = new NpgsqlConnection(
            database.Connection.Replace("Database=aimms", "Database=postgres", StringComparison.Ordinal)
        );
        await connection.OpenAsync().ConfigureAwait(false);
        await using var create = new NpgsqlCommand("CREATE DATABASE aimms", connection);
        await create.ExecuteNonQueryAsync().ConfigureAwait(false);
        return database;
    }

    /// <summary>Starts it, after a stop too.</summary>
    public Task BeginAsync() =>
        RunAsync(
            AsUser(
                $"{_bin}/bin/pg_ctl -D {_folder}/data -w -l {_folder}/log -o '-p {_port} -k {_folder} -c max_connections=200' start"
            )
        );

    /// <summary>Ends it without an end of its sessions, as a crash does.</summary>
    public Task CrashAsync() => RunAsync(AsUser($"{_bin}/bin/pg_ctl -D {_folder}/data -m immediate stop"));

    /// <summary>The rows of a query; none while it is away.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{Connection};Pooling=false;Timeout=2");
            await connection.OpenAsync().ConfigureAwait(false);
            await using var query = new NpgsqlCommand(sql, connection);
            await using var rows = await query.ExecuteReaderAsync().ConfigureAwait(false);
            List<T> all = [];
            while (await rows.ReadAsync().ConfigureAwait(false))
            {
                all.Add(read(rows));
            }

            return all;
        }
        catch (NpgsqlException)
        {
            return [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CrashAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }

    private static string AsUser(string command) =>
        Environment.UserName == "root"
            ? $"setpriv --reuid=postgres --regid=postgres --clear-groups {command}"
            : command;

    private static async Task RunAsync(string command)
    {
        // What the server writes must not keep this process waiting: it goes nowhere.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"{command} >/dev/null 2>&1"]))!;
        await process.WaitForExitAsync().ConfigureAwait(false);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

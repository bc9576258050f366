using System.Diagnostics;
using System.Globalization;
using AimmsOrchestrator.Tests.Testing.Machine;
using Npgsql;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>
/// A PostgreSQL server for the tests of this process: a data folder and a port of its own, as a user without rights. It ends with
/// the process, however that ends.
/// </summary>
public sealed class PostgreSqlServer
{
    private static readonly Lazy<PostgreSqlServer> Started = new(() => new PostgreSqlServer());
    private static int _databases;

    private PostgreSqlServer()
    {
        var folder = Directory.CreateTempSubdirectory("postgres-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.UserName == "root")
        {
            // The server refuses to run as root.
            Run("chown", "postgres", folder);
        }

        Run("sh", "-c", AsUser($"{Bin}/initdb -A trust -U postgres -E UTF8 --no-sync -D {data}"));

        var port = FreePorts.Next();
        Port = port;

        // The shell waits for the end of its input, which comes when this process has ended.
        var server =
            $"{Bin}/postgres -D {data} -p {port} -k {folder} -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=300 -c shared_buffers=64MB";
        Process = Process.Start(
            new ProcessStartInfo(
                "sh",
                ["-c", $"{AsUser(server)} >{folder}/log 2>&1 & read line; kill -QUIT $!; wait $!; rm -rf {folder}"]
            )
            {
                RedirectStandardInput = true,
                UseShellExecute = false,
            }
        )!;
        WaitUntilItAnswers();
    }

    /// <summary>Where Debian and others install the server's programs; null where it is not installed.</summary>
    public static string? Bin { get; } =
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;

    public static PostgreSqlServer Shared => Started.Value;

    public int Port { get; }

    private Process Process { get; }

    /// <summary>A new database.</summary>
    /// <param name="template">The database whose copy it is; an empty one by default.</param>
    /// <returns>Its connection as a person gives it.</returns>
    public string CreateDatabase(string template = "template0")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _databases)}");
        Execute("postgres", $"CREATE DATABASE {name} TEMPLATE {template}");
        return ConnectionOf(name);
    }

    /// <summary>Removes a database that may be in use.</summary>
    public void Drop(string connection)
    {
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        Execute("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    /// <summary>Runs a statement as the server's owner; once more where the sessions of a database take their time to end.</summary>
    public void Execute(string database, string sql)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                ExecuteOnce(database, sql);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectInUse && tries < 100)
            {
                // The server has waited for 5 s.
            }
        }
    }

    private void ExecuteOnce(string database, string sql)
    {
        using var connection = new NpgsqlConnection(
            $"{ConnectionOf(database)};Pooling=false;Timeout=600;Command Timeout=600"
        );
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private string ConnectionOf(string database) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={Port};Database={database};Username=postgres"
        );

    private static string AsUser(string command) =>
        Environment.UserName == "root"
            ? $"exec setpriv --reuid=postgres --regid=postgres --clear-groups {command}"
            : $"exec {command}";

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }

    private void WaitUntilItAnswers()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                Execute("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (tries < 6000)
            {
                Process.WaitForExit(100);
            }
        }
    }
}

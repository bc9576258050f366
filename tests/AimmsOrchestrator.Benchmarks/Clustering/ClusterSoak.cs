using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using AimmsOrchestrator.Benchmarks.Serving;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Clustering;

/// <summary>
/// Three nodes as processes over one PostgreSQL server, six batches, and one fault after the other: nodes killed, frozen, ended in order,
/// all at once, the database crashed and away. What they did is held against the books of the service.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- cluster-soak 200 20000</c>.
/// </summary>
internal static class ClusterSoak
{
    public const string Name = "cluster-soak";

    private const int Nodes = 3;
    private const int Batches = 6;
    private const int Limit = 40;

    /// <param name="faults">How many, as long as there is work.</param>
    /// <param name="runs">Of all batches together.</param>
    /// <returns>Whether nothing was lost, nothing taken twice, the limit kept, and no event written by a driver that was replaced.</returns>
    public static async Task<bool> RunAsync(int faults, int runs)
    {
        var options = new EmulatorOptions
        {
            Parallel = Limit,
            Faults = new FaultOptions
            {
                ServerError = 0.005,
                CutAfterTaken = 0.005,
                CutGet = 0.01,
            },
            Seed = 19,
        };
        await using var service = await TaskServiceEmulator
            .StartAsync(options, TimeProvider.System)
            .ConfigureAwait(false);
        await using var database = await DatabaseProcess.StartAsync().ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("cluster-").FullName;
        await File.WriteAllTextAsync(
                Path.Combine(folder, "server.yaml"),
                $$"""
                services: { acme: { url: "{{service.Address}}", limits: { concurrency: {{Limit}} } } }
                limits: { requests: 100000/s }
                """
            )
            .ConfigureAwait(false);
        var token = await TokenAsync(folder, database.Connection).ConfigureAwait(false);
        var ports = Enumerable.Range(0, Nodes).Select(i => 18700 + i).ToList();
        var join = string.Join(',', ports.Select(port => FormattableString.Invariant($"127.0.0.1:{port + 100}")));
        var nodes = ports
            .Select((port, i) => new NodeProcess(i + 1, folder, Arguments(database.Connection, port, join)))
            .ToList();
        try
        {
            for (var i = 0; i < Batches; i++)
            {
                await SubmitAsync(ports[i % Nodes], token, i, runs / Batches).ConfigureAwait(false);
            }

            return await SoakAsync(service, database, nodes, faults, runs / Batches * Batches).ConfigureAwait(false);
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync().ConfigureAwait(false);
            }

            Console.WriteLine($"the nodes' logs: {folder}");
        }
    }

    private static async Task<bool> SoakAsync(
        TaskServiceEmulator service,
        DatabaseProcess database,
        IReadOnlyList<NodeProcess> nodes,
        int most,
        int runs
    )
    {
        var faults = new ClusterFaults(database, nodes);
        var watch = Stopwatch.StartNew();
        for (var fault = 0; fault < most && !await IsOverAsync(database).ConfigureAwait(false); fault++)
        {
            var kind = await faults.NextAsync().ConfigureAwait(false);
            var waited = await UntilAllGoOnAsync(database).ConfigureAwait(false);
            Say(
                $"{watch.Elapsed.TotalSeconds, 7:0} s  {fault + 1, 4}  {kind, -20} every batch had its next event after {waited.TotalSeconds:0.0} s; taken {service.Traffic.Taken.Count}"
            );
            await Task.Delay(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
        }

        while (!await IsOverAsync(database).ConfigureAwait(false))
        {
            await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        }

        return await JudgeAsync(service, database, nodes, faults, runs).ConfigureAwait(false);
    }

    private static async Task<bool> JudgeAsync(
        TaskServiceEmulator service,
        DatabaseProcess database,
        IReadOnlyList<NodeProcess> nodes,
        ClusterFaults faults,
        int runs
    )
    {
        var bodies = service.Traffic.Taken.Select(task => Encoding.UTF8.GetString(task.Body.Span)).ToList();
        var twice = bodies.Count - bodies.Distinct(StringComparer.Ordinal).Count();
        var ended = (
            await database
                .ReadAsync(
                    "SELECT count(*) FILTER (WHERE phase = 'completed'), count(*) FILTER (WHERE phase = 'failed') FROM runs",
                    row => (Completed: row.GetInt64(0), Failed: row.GetInt64(1))
                )
                .ConfigureAwait(false)
        )[0];
        var left = await database
            .ReadAsync(
                "SELECT held, open, doubt FROM accounts",
                row => row.GetInt64(0) + row.GetInt64(1) + row.GetInt64(2)
            )
            .ConfigureAwait(false);
        var epochs = await database
            .ReadAsync("SELECT sum(epoch)::bigint FROM batches", row => row.GetInt64(0))
            .ConfigureAwait(false);
        var most = service.Traffic.MostUnfinished;
        Say($"faults: {faults.Summary}");
        Say(
            $"take-overs {epochs[0] - Batches}; nodes that the cluster lost {nodes.Sum(node => node.TimesLost)}, that failed {nodes.Sum(node => node.TimesFailed)}"
        );
        Say(
            $"runs {runs}: completed {ended.Completed}, failed (ambiguous) {ended.Failed}, lost {runs - ended.Completed - ended.Failed}; tasks taken {bodies.Count}, taken twice {twice}; most unfinished {most} of {Limit}; slots left {left.Sum()}"
        );
        return twice == 0 && ended.Completed + ended.Failed == runs && most <= Limit && left.Sum() == 0;
    }

    private static async Task<bool> IsOverAsync(DatabaseProcess database) =>
        await database
            .ReadAsync("SELECT count(*) FROM batches WHERE ended_how = 'all-runs-ended'", row => row.GetInt64(0))
            .ConfigureAwait(false)
            is [Batches];

    /// <summary>Waits until every unfinished batch has had an event of its driver since now.</summary>
    private static async Task<TimeSpan> UntilAllGoOnAsync(DatabaseProcess database)
    {
        var watch = Stopwatch.StartNew();
        var since = TimeProvider
            .System.GetUtcNow()
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        while (watch.Elapsed < TimeSpan.FromMinutes(3))
        {
            var waiting = await database
                .ReadAsync(
                    $"""
                    SELECT count(*) FROM batches AS b WHERE coalesce(b.ended_how, '') <> 'all-runs-ended' AND NOT EXISTS (
                        SELECT 1 FROM steps AS s WHERE s.batch = b.number AND s.at > '{since}')
                    """,
                    row => row.GetInt64(0)
                )
                .ConfigureAwait(false);
            if (waiting is [0])
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
        }

        return watch.Elapsed;
    }

    private static string[] Arguments(string connection, int port, string join) =>
        [
            "serve",
            "--database",
            connection,
            "--config",
            "server.yaml",
            "--listen",
            FormattableString.Invariant($"http://127.0.0.1:{port}"),
            "--node-port",
            (port + 100).ToString(CultureInfo.InvariantCulture),
            "--join",
            join,
        ];

    private static async Task<string> TokenAsync(string folder, string connection)
    {
        using var create = BatchProgram.Start(
            folder,
            "token",
            "create",
            "soak",
            "--role",
            "admin",
            "--database",
            connection
        );
        _ = create.StandardError.ReadToEndAsync();
        return (await create.StandardOutput.ReadToEndAsync().ConfigureAwait(false)).Trim();
    }

    private static async Task SubmitAsync(int port, string token, int number, int runs)
    {
        using var client = new HttpClient
        {
            BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}")),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        client.DefaultRequestHeaders.Add("Idempotency-Key", FormattableString.Invariant($"soak{number}"));
        var scenario = ServedAccount.Scenario(FormattableString.Invariant($"soak{number}"), runs, "0.4 + (n % 5) / 5");
        for (var tries = 0; ; tries++)
        {
            try
            {
                Say($"submitted {await ServedAccount.SubmitAsync(client, scenario).ConfigureAwait(false)}");
                return;
            }
            catch (Exception e) when (e is HttpRequestException or InvalidOperationException && tries < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300)).ConfigureAwait(false);
            }
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}

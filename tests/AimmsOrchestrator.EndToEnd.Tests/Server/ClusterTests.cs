using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using AimmsOrchestrator.Tests.Journal.PostgreSql;
using AimmsOrchestrator.Tests.Testing.Machine;

namespace AimmsOrchestrator.EndToEnd.Tests.Server;

/// <summary>Three nodes over one database, of which one is killed and one ends in order.</summary>
public sealed class ClusterTests
{
    private const int Runs = 120;

    [FactWith("/usr/bin/pg_createcluster", "postgresql")]
    public async Task A_node_that_is_lost_and_one_that_leaves_cost_no_result_and_no_second_task()
    {
        using var folder = new ProgramFolder();
        await using var service = await Sleepers.StartAsync(new Emulator.Tasks.EmulatorOptions { Parallel = 4 });
        folder.Write(
            "server.yaml",
            $"services: {{ dev: {{ url: \"{service.Address}\", limits: {{ concurrency: 4 }} }} }}\n"
        );
        var database = PostgreSqlServer.Shared.CreateDatabase();
        var token = (
            await folder.RunAsync("token", "create", "me", "--role", "admin", "--database", database)
        ).Output.Trim();
        int[] ports = [FreePorts.Next(), FreePorts.Next(), FreePorts.Next()];
        var join = string.Join(',', ports.Select(port => $"127.0.0.1:{port}"));
        var nodes = await Task.WhenAll(ports.Select(port => ServerProgram.StartAsync(folder, database, port, join)));
        try
        {
            using var client = Client(nodes[2], token);
            await UntilAsync(async () => (await NodesAsync(client)).Count(node => (string?)node["state"] == "up") == 3);
            using (var first = Client(nodes[0], token))
            using (var body = new StringContent(Scenario, Encoding.UTF8, "application/yaml"))
            {
                using var submitted = await first.PostAsync(new Uri("/api/batches", UriKind.Relative), body);
                Assert.True(submitted.IsSuccessStatusCode, await submitted.Content.ReadAsStringAsync());
            }

            await UntilAsync(async () => (int)(await StatusAsync(client))["completed"]! > 10);
            var refused = await folder.RunAsync("rm", "night", "--unfinished", "--yes", "--database", database);
            Assert.Equal(2, refused.ExitCode);
            // By which process is known only while that one shows signs of life.
            Assert.Contains("night-1 is driven by ", refused.Errors, StringComparison.Ordinal);
            await nodes[0].KillAsync();
            await UntilAsync(async () => await DriverAsync(client) is { } driver && driver != ports[0]);
            if (await DriverAsync(client) == ports[1])
            {
                // The batch is handed over to the last node.
                Assert.Equal(0, await nodes[1].StopAsync());
            }

            await service.WakeAsync();
            await UntilAsync(async () => (string?)(await StatusAsync(client))["state"] == "finished");
            Assert.Equal(Runs, (int)(await StatusAsync(client))["completed"]!);
            var bodies = service.Traffic.Taken.Select(task => Encoding.UTF8.GetString(task.Body.Span)).ToList();
            Assert.Equal(Runs, bodies.Count);
            Assert.Equal(Runs, bodies.Distinct(StringComparer.Ordinal).Count());
            Assert.InRange(service.Traffic.MostUnfinished, 1, 4);

            // Old batches leave while the nodes stay.
            var removed = await folder.RunAsync("rm", "night", "--yes", "--database", database);
            Assert.Equal(0, removed.ExitCode);
            Assert.Contains("night-1 removed", removed.Errors, StringComparison.Ordinal);
            using var gone = await client.GetAsync(new Uri("/api/batches/night-1", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }
        finally
        {
            foreach (var node in nodes)
            {
                node.Dispose();
            }
        }
    }

    /// <summary>The first task sleeps until the test wakes it: until then the batch is not over.</summary>
    private const string Scenario = """
        name: night
        service: { use: dev, name: sleep }
        sweep: { matrix: { n: { from: 1, to: 120, step: 1 } } }
        request: { json: { seconds: "${{ n === 1 ? 3600 : 0.3 }}", n: "${{ n }}" } }
        poll: { every: 200ms }
        retry: { settle: 2s }
        """;

    private static HttpClient Client(ServerProgram node, string token)
    {
        var client = new HttpClient { BaseAddress = node.Address, Timeout = Waiting.Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<List<JsonNode>> NodesAsync(HttpClient client) =>
        [
            .. JsonNode
                .Parse(await client.GetStringAsync(new Uri("/api/nodes", UriKind.Relative)))!
                .AsArray()
                .OfType<JsonNode>(),
        ];

    private static async Task<JsonNode> StatusAsync(HttpClient client) =>
        JsonNode.Parse(await client.GetStringAsync(new Uri("/api/batches/night-1", UriKind.Relative)))!;

    /// <summary>The port of the node that drives the batch; null where none does now.</summary>
    private static async Task<int?> DriverAsync(HttpClient client) =>
        (await NodesAsync(client)).Find(node =>
            (string?)node["state"] != "lost" && node["batches"]!.AsArray().Count > 0
        )
            is { } driver
            ? int.Parse(((string)driver["address"]!).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        // Where a killed node's submit did not arrive, the others wait for as long as it still could.
        using var patience = new CancellationTokenSource(Waiting.Patience);
        while (!await condition())
        {
            await Task.Delay(100, patience.Token);
        }
    }
}

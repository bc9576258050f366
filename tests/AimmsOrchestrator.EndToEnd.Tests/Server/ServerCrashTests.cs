using System.Text;
using System.Text.Json.Nodes;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Server;

/// <summary>A server that is killed.</summary>
public sealed class ServerCrashTests
{
    [Fact]
    public async Task Killed_servers_lose_nothing_and_send_nothing_twice()
    {
        using var folder = new ProgramFolder();
        await using var service = await Sleepers.StartAsync(new Emulator.Tasks.EmulatorOptions { Parallel = 4 });
        folder.Write(
            "server.yaml",
            $"services: {{ dev: {{ url: \"{service.Address}\", limits: {{ concurrency: 4 }} }} }}\n"
        );
        const string Scenario = """
            name: night
            service: { use: dev, name: sleep }
            sweep: { matrix: { n: { from: 1, to: 40, step: 1 } } }
            request: { json: { seconds: 0.15, n: "${{ n }}" } }
            """;
        var server = await ServerProgram.StartAsync(folder);
        using (var client = new HttpClient { BaseAddress = server.Address, Timeout = Waiting.Patience })
        using (var body = new StringContent(Scenario, Encoding.UTF8, "application/yaml"))
        {
            using var first = await client.PostAsync(new Uri("/api/batches", UriKind.Relative), body);
            using var second = await client.PostAsync(
                new Uri("/api/batches", UriKind.Relative),
                new StringContent(
                    Scenario
                        .Replace("night", "day", StringComparison.Ordinal)
                        .Replace("0.15", "0.16", StringComparison.Ordinal),
                    Encoding.UTF8,
                    "application/yaml"
                )
            );
            Assert.True(first.IsSuccessStatusCode && second.IsSuccessStatusCode);
        }

        for (var kill = 0; kill < 3; kill++)
        {
            await Task.Delay(700);
            await server.KillAsync();
            server.Dispose();
            server = await ServerProgram.StartAsync(folder);
        }

        using (server)
        using (var client = new HttpClient { BaseAddress = server.Address, Timeout = Waiting.Patience })
        {
            foreach (var batch in new[] { "night-1", "day-1" })
            {
                var status = await EndAsync(client, batch);
                Assert.Equal(("finished", 40), ((string?)status["state"], (int)status["completed"]!));
            }
        }

        Assert.Equal(80, service.Traffic.Taken.Count);
        Assert.InRange(service.Traffic.MostUnfinished, 1, 4);
    }

    private static async Task<JsonNode> EndAsync(HttpClient client, string batch)
    {
        using var events = new StreamReader(
            await client.GetStreamAsync(new Uri($"/api/batches/{batch}/events", UriKind.Relative))
        );
        var isEnd = false;
        while (await events.ReadLineAsync() is { } line)
        {
            isEnd |= line == "event: end";
            if (isEnd && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line[6..])!;
            }
        }

        throw new InvalidOperationException("The stream ended before the batch.");
    }
}

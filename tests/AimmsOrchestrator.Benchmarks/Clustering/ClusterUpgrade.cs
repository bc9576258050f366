using System.Diagnostics;
using AimmsOrchestrator.Benchmarks.Serving;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Clustering;

/// <summary>
/// Three nodes under load, upgraded one after the other as the script in the README does it: each node ends in order and starts
/// from another build, and the next one follows once it is ready. How long each batch waited stands in its events.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- cluster-upgrade ../next/src/AimmsOrchestrator.Cli/bin/Release/net10.0</c>.
/// </summary>
internal static class ClusterUpgrade
{
    public const string Name = "cluster-upgrade";

    private const int Nodes = 3;
    private const int Batches = 6;
    private const int Runs = 400;
    private const int Limit = 40;

    /// <summary>The goal: no batch waits longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan BetweenNodes = TimeSpan.FromSeconds(5);

    /// <param name="next">The folder of the version that the nodes are upgraded to.</param>
    /// <returns>Whether no batch waited too long, nothing was lost, and nothing taken twice.</returns>
    public static async Task<bool> RunAsync(string next)
    {
        await using var cluster = await ServedCluster
            .StartAsync(
                new EmulatorOptions { Parallel = Limit },
                FormattableString.Invariant($"{{ concurrency: {Limit} }}"),
                Nodes
            )
            .ConfigureAwait(false);
        await cluster.UntilReadyAsync().ConfigureAwait(false);
        for (var i = 0; i < Batches; i++)
        {
            var name = FormattableString.Invariant($"b{i}");
            await cluster
                .SubmitAsync(i % Nodes, name, ServedAccount.Scenario(name, Runs, "0.5 + (n % 4) / 2"))
                .ConfigureAwait(false);
        }

        await Task.Delay(BetweenNodes).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        for (var node = 0; node < Nodes; node++)
        {
            cluster.Nodes[node].Program = Path.GetFullPath(next);
            var before = cluster.Nodes[node].Id;
            await cluster.Nodes[node].SignalAsync("TERM").ConfigureAwait(false);
            while (cluster.Nodes[node].Id is not { } id || id == before)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50)).ConfigureAwait(false);
            }

            while (!await cluster.IsReadyAsync(node).ConfigureAwait(false))
            {
                await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            }

            Say(
                $"{watch.Elapsed.TotalSeconds, 6:0.0} s  node {node + 1} is upgraded; {await VersionsAsync(cluster, node).ConfigureAwait(false)}"
            );
            await Task.Delay(BetweenNodes).ConfigureAwait(false);
        }

        while (!await cluster.AreOverAsync(Batches).ConfigureAwait(false))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200)).ConfigureAwait(false);
        }

        return await JudgeAsync(cluster).ConfigureAwait(false);
    }

    private static async Task<bool> JudgeAsync(ServedCluster cluster)
    {
        var waits = await cluster
            .Database.ReadAsync(
                """
                SELECT id, max(gap), count(*) FILTER (WHERE gap > 1) FROM (
                    SELECT b.id, extract(epoch FROM s.at::timestamptz - lag(s.at::timestamptz) OVER (PARTITION BY s.batch ORDER BY s.at))::float8 AS gap
                    FROM steps AS s JOIN batches AS b ON b.number = s.batch) AS gaps
                WHERE gap IS NOT NULL GROUP BY id ORDER BY id
                """,
                row => (Id: row.GetString(0), Longest: row.GetDouble(1), OverOne: row.GetInt64(2))
            )
            .ConfigureAwait(false);
        foreach (var (id, longest, overOne) in waits)
        {
            Say($"{id}: the longest time without an event {longest:0.00} s; longer than 1 s {overOne} times");
        }

        var bodies = cluster.Traffic.Taken.Select(task => Convert.ToHexString(task.Body.Span)).ToList();
        var twice = bodies.Count - bodies.Distinct(StringComparer.Ordinal).Count();
        Say(
            $"tasks taken {bodies.Count} of {Runs * Batches}, twice {twice}, most unfinished {cluster.Traffic.MostUnfinished} of {Limit}"
        );
        return waits.All(wait => wait.Longest <= Longest.TotalSeconds) && twice == 0 && bodies.Count == Runs * Batches;
    }

    private static async Task<string> VersionsAsync(ServedCluster cluster, int node)
    {
        using var client = cluster.Client(node);
        var nodes = System.Text.Json.Nodes.JsonNode.Parse(
            await client.GetStringAsync(new Uri("/api/nodes", UriKind.Relative)).ConfigureAwait(false)
        )!;
        return string.Join(", ", nodes.AsArray().Select(one => $"{one!["address"]} {one["version"]}"));
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}

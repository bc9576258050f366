using System.Diagnostics;
using System.Globalization;
using AimmsOrchestrator.Benchmarks.Serving;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Clustering;

/// <summary>
/// The same runs by one server over SQLite, by one node over PostgreSQL, and by three nodes with six batches. Their tasks end at
/// once, so that what is measured is what servers and databases do.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- cluster-throughput 20000</c>.
/// </summary>
internal static class ClusterThroughput
{
    public const string Name = "cluster-throughput";

    private const int Rounds = 3;
    private const int Nodes = 3;
    private const int Batches = 6;
    private const string Limits = "{ concurrency: 64 }";

    private static readonly EmulatorOptions Options = new() { Parallel = 10_000 };

    public static async Task RunAsync(int runs)
    {
        Console.WriteLine($"{"", -34} {"runs/s, each round", -24} {"median", 7} {"of SQLite", 10}");
        var sqlite = await RoundsAsync("SQLite, one server", () => SqliteAsync(runs)).ConfigureAwait(false);
        Say($" {1.0, 10:0.00}");
        foreach (
            var (what, nodes, batches) in new[]
            {
                ("PostgreSQL, one node", 1, 1),
                ("PostgreSQL, one node, six batches", 1, Batches),
                ("PostgreSQL, three nodes, six batches", Nodes, Batches),
            }
        )
        {
            var rate = await RoundsAsync(what, () => PostgreSqlAsync(runs, nodes, batches)).ConfigureAwait(false);
            Say($" {rate / sqlite, 10:0.00}");
        }
    }

    private static async Task<double> RoundsAsync(string what, Func<Task<double>> measureAsync)
    {
        var rates = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            rates.Add(await measureAsync().ConfigureAwait(false));
        }

        var each = string.Join(", ", rates.Select(rate => rate.ToString("0", CultureInfo.InvariantCulture)));
        rates.Sort();
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{what, -36} {each, -22} {rates[Rounds / 2], 7:0}"));
        return rates[Rounds / 2];
    }

    private static async Task<double> SqliteAsync(int runs)
    {
        await using var account = await ServedAccount.StartAsync(Options, Limits).ConfigureAwait(false);
        using var client = account.Client();
        var watch = Stopwatch.StartNew();
        var id = await ServedAccount.SubmitAsync(client, Scenario(0, runs)).ConfigureAwait(false);
        await ServedAccount.EndAsync(client, id).ConfigureAwait(false);
        return runs / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> PostgreSqlAsync(int runs, int nodes, int batches)
    {
        await using var cluster = await ServedCluster.StartAsync(Options, Limits, nodes).ConfigureAwait(false);
        await cluster.UntilReadyAsync().ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < batches; i++)
        {
            await cluster
                .SubmitAsync(i % nodes, FormattableString.Invariant($"b{i}"), Scenario(i, runs / batches))
                .ConfigureAwait(false);
        }

        while (!await cluster.AreOverAsync(batches).ConfigureAwait(false))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
        }

        return runs / batches * batches / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Polls every few milliseconds: what is measured is not how long a task waits for one.</summary>
    private static string Scenario(int number, int runs)
    {
        var scenario = ServedAccount.Scenario(FormattableString.Invariant($"b{number}"), runs, "0");
        return $"{scenario.Replace("every: 50ms", "every: 10ms", StringComparison.Ordinal)}\nlimits: {{ concurrency: 64, unconfirmed: 64 }}\n";
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}

using System.Diagnostics;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Serving;

/// <summary>
/// A server under load: how fast runs go through alone, and while clients follow and ask; how long they wait for their answers, and
/// how much memory and CPU the server takes.
/// </summary>
internal static class LoadBenchmark
{
    public const string Name = "load";

    private const int Streams = 200;
    private const int Watchers = 300;

    public static async Task RunAsync()
    {
        await WatchersAsync().ConfigureAwait(false);
        var alone = await ThroughputAsync(streams: 0, requestsPerSecond: 0).ConfigureAwait(false);
        foreach (var rate in new[] { 100, 300 })
        {
            var loaded = await ThroughputAsync(Streams, rate).ConfigureAwait(false);
            ServedAccount.Say($"  {loaded / alone:0.00} of the runs per second alone");
        }
    }

    /// <summary>Streams of one batch whose runs end a few times a second.</summary>
    private static async Task WatchersAsync()
    {
        await using var account = await ServedAccount
            .StartAsync(new EmulatorOptions { Parallel = 64 }, "{ concurrency: 5 }")
            .ConfigureAwait(false);
        using var client = account.Client();
        var id = await ServedAccount
            .SubmitAsync(client, ServedAccount.Scenario("slow", 100_000, "1"))
            .ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
        var before = account.Megabytes;
        var (quiet, _) = await CpuAsync(account, seconds: 15).ConfigureAwait(false);
        await using var streams = new EventStreams(account, id, Watchers);
        await Task.Delay(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
        var events = streams.Events;
        var (busy, seconds) = await CpuAsync(account, seconds: 15).ConfigureAwait(false);
        ServedAccount.Say(
            $"{Watchers} streams of one batch: {(streams.Events - events) / seconds / Watchers:0.0} events a second each, {busy:0.00} cores ({quiet:0.00} without any), {account.Megabytes:0} MB ({before:0} without any)"
        );
    }

    private static async Task<double> ThroughputAsync(int streams, int requestsPerSecond)
    {
        await using var account = await ServedAccount
            .StartAsync(new EmulatorOptions { Parallel = 10_000 }, "{ concurrency: 400 }")
            .ConfigureAwait(false);
        using var client = account.Client();
        var ids = new List<string>();
        foreach (var name in new[] { "one", "two", "three", "four" })
        {
            ids.Add(
                await ServedAccount
                    .SubmitAsync(
                        client,
                        $"{ServedAccount.Scenario(name, 200_000, "0.05").Replace("every: 50ms", "every: 200ms", StringComparison.Ordinal)}\nlimits: {{ concurrency: 400, unconfirmed: 64 }}\n"
                    )
                    .ConfigureAwait(false)
            );
        }

        await using var followed = new EventStreams(account, ids[0], streams);
        await Task.Delay(TimeSpan.FromSeconds(8)).ConfigureAwait(false);
        var (taken, cpu, watch) = (account.Traffic.Fetched.Count, account.Cpu, Stopwatch.StartNew());
        var latencies = await AskAsync(client, ids, requestsPerSecond, TimeSpan.FromSeconds(20)).ConfigureAwait(false);
        var rate = (account.Traffic.Fetched.Count - taken) / watch.Elapsed.TotalSeconds;
        var cores = (account.Cpu - cpu) / watch.Elapsed;
        ServedAccount.Say(
            $"{streams} streams, {requestsPerSecond} requests a second: {rate:0} runs a second, {cores:0.00} cores, {account.Megabytes:0} MB"
        );
        if (latencies.Count > 0)
        {
            latencies.Sort();
            ServedAccount.Say(
                $"  {latencies.Count} answers: half within {latencies[latencies.Count / 2]:0} ms, 99 % within {latencies[latencies.Count * 99 / 100]:0} ms, all within {latencies[^1]:0} ms"
            );
        }

        return rate;
    }

    /// <summary>Asks at a steady rate, whether answers come or not.</summary>
    /// <returns>How long each answer took, in milliseconds.</returns>
    private static async Task<List<double>> AskAsync(
        HttpClient client,
        List<string> ids,
        int requestsPerSecond,
        TimeSpan duration
    )
    {
        if (requestsPerSecond == 0)
        {
            await Task.Delay(duration).ConfigureAwait(false);
            return [];
        }

        string[] paths =
        [
            "/api/batches",
            $"/api/batches/{ids[0]}",
            $"/api/batches/{ids[1]}/runs?limit=50",
            "/api/services",
            $"/api/batches/{ids[2]}",
            "/healthz",
        ];
        var (watch, asked) = (Stopwatch.StartNew(), new List<Task<double>>());
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (watch.Elapsed < duration && await timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            while (asked.Count < watch.Elapsed.TotalSeconds * requestsPerSecond)
            {
                asked.Add(AskAsync(client, paths[asked.Count % paths.Length]));
            }
        }

        return [.. await Task.WhenAll(asked).ConfigureAwait(false)];
    }

    private static async Task<double> AskAsync(HttpClient client, string path)
    {
        var watch = Stopwatch.StartNew();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative)).ConfigureAwait(false);
        await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<(double Cores, double Seconds)> CpuAsync(ServedAccount account, int seconds)
    {
        var (cpu, watch) = (account.Cpu, Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);
        return ((account.Cpu - cpu) / watch.Elapsed, watch.Elapsed.TotalSeconds);
    }
}

using System.Diagnostics;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Serving;

/// <summary>
/// Batches that share an account of eight slots at a service with 5 % faults, measured by the service's own books: how many
/// tasks were unfinished, how the slots were divided, and how long a small batch takes beside a large one.
/// </summary>
internal static class ShareBenchmark
{
    public const string Name = "shares";

    private const int Limit = 8;
    private const string Seconds = "0.7 + (n % 7) / 10";

    private static readonly string[] CommandLines = ["one", "two", "three"];

    public static async Task RunAsync()
    {
        await DivideAsync("three owners", ["normal", "normal", "normal"], [2, 2, 2]).ConfigureAwait(false);
        await DivideAsync("three priorities", ["high", "normal", "low"], [4, 2, 1]).ConfigureAwait(false);
        await BesideAsync().ConfigureAwait(false);
        await CommandLinesAsync().ConfigureAwait(false);
    }

    /// <summary>Three batches of three owners, submitted seconds apart.</summary>
    private static async Task DivideAsync(string title, string[] priorities, int[] weights)
    {
        await using var account = await StartAsync().ConfigureAwait(false);
        foreach (var (i, priority) in priorities.Index())
        {
            using var client = account.Client(await account.TokenAsync($"owner{i}", "runner").ConfigureAwait(false));
            var scenario = ServedAccount.Scenario($"batch{i}", runs: 20_000, Seconds);
            await ServedAccount.SubmitAsync(client, scenario, $"?priority={priority}").ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        }

        await Task.Delay(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        var begin = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(45)).ConfigureAwait(false);
        var end = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        var used = account.SlotsUsed(begin, end);
        ServedAccount.Say(
            $"{title}: {account.Traffic.Taken.Count} tasks, most unfinished {account.Traffic.MostUnfinished} of {Limit}, {used.Values.Sum():0.00} slots in use on average"
        );
        foreach (var (i, weight) in weights.Index())
        {
            var (part, due) = (used[$"batch{i}"] / used.Values.Sum(), (double)weight / weights.Sum());
            ServedAccount.Say(
                $"  weight {weight}: {used[$"batch{i}"]:0.00} slots, {part:0.000} of all for a weight of {due:0.000}, {(part / due) - 1:+0.0%;-0.0%}"
            );
        }
    }

    /// <summary>Ten runs alone, and beside a batch of 20,000.</summary>
    private static async Task BesideAsync()
    {
        for (var round = 1; round <= 3; round++)
        {
            var alone = await TenRunsAsync(isBeside: false).ConfigureAwait(false);
            var beside = await TenRunsAsync(isBeside: true).ConfigureAwait(false);
            ServedAccount.Say(
                $"ten runs: alone {alone.Time.TotalSeconds:0.0} s, beside 20,000 {beside.Time.TotalSeconds:0.0} s, {beside.Time / alone.Time:0.00} times; most unfinished {beside.Most}"
            );
        }
    }

    private static async Task<(TimeSpan Time, int Most)> TenRunsAsync(bool isBeside)
    {
        await using var account = await StartAsync().ConfigureAwait(false);
        using var client = account.Client();
        if (isBeside)
        {
            await ServedAccount
                .SubmitAsync(client, ServedAccount.Scenario("large", 20_000, Seconds))
                .ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromSeconds(6)).ConfigureAwait(false);
        }

        var watch = Stopwatch.StartNew();
        var id = await ServedAccount
            .SubmitAsync(client, ServedAccount.Scenario("small", 10, Seconds))
            .ConfigureAwait(false);
        await ServedAccount.EndAsync(client, id).ConfigureAwait(false);
        return (watch.Elapsed, account.Traffic.MostUnfinished);
    }

    /// <summary>Three command lines started at once, beside a server that drives a batch.</summary>
    private static async Task CommandLinesAsync()
    {
        await using var account = await StartAsync().ConfigureAwait(false);
        using var client = account.Client();
        await ServedAccount
            .SubmitAsync(client, ServedAccount.Scenario("served", 20_000, Seconds))
            .ConfigureAwait(false);
        foreach (var name in CommandLines)
        {
            var scenario = ServedAccount
                .Scenario(name, 20_000, Seconds)
                .Replace("use: acme", $"url: \"{account.Service}\"", StringComparison.Ordinal);
            await File.WriteAllTextAsync(
                    Path.Combine(account.Folder, $"{name}.yaml"),
                    $"{scenario}\nlimits: {{ concurrency: {Limit} }}\n"
                )
                .ConfigureAwait(false);
        }

        var programs = CommandLines.Select(name => BatchProgram.Start(account.Folder, "run", $"{name}.yaml")).ToList();
        var ended = programs.Select(program => program.StandardError.ReadToEndAsync()).ToList();
        _ = programs.Select(program => program.StandardOutput.ReadToEndAsync()).ToList();
        await Task.Delay(TimeSpan.FromSeconds(30)).ConfigureAwait(false);
        foreach (var program in programs)
        {
            program.Kill(entireProcessTree: true);
        }

        await Task.WhenAll(ended).ConfigureAwait(false);
        var taken = account.Traffic.Taken.CountBy(ServedAccount.LabelOf).OrderBy(label => label.Key);
        ServedAccount.Say(
            $"three command lines beside the server for 30 s: most unfinished {account.Traffic.MostUnfinished} of {Limit}; tasks {string.Join(", ", taken.Select(label => $"{label.Key} {label.Value}"))}"
        );
        programs.ForEach(program => program.Dispose());
    }

    private static Task<ServedAccount> StartAsync() =>
        ServedAccount.StartAsync(
            new EmulatorOptions
            {
                Parallel = 64,
                Faults = new FaultOptions
                {
                    TooManyRequests = 0.01,
                    RetryAfterSeconds = 0,
                    ServerError = 0.04,
                },
                Seed = 7,
            },
            $"{{ concurrency: {Limit} }}"
        );
}

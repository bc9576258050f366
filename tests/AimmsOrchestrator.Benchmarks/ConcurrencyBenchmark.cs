using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>
/// What <c>concurrency: auto</c> comes to beside fixed numbers, at a service of 6 places: makespan, tasks that wait, changes of
/// the places, and how long a colleague waits who submits a task each second. The whole program, over real HTTP.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- concurrency</c>
/// </summary>
internal static class ConcurrencyBenchmark
{
    public const string Name = "concurrency";

    private const int Places = 6;
    private const int Runs = 150;
    private const double Mean = 2;

    // The golden ratio's multiples fall evenly everywhere, and the same way each time.
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>A task whose start takes less time than this did not wait.</summary>
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(20);

    private static readonly string[] Settings = ["4", "6", "8", "10", "12", "auto"];

    private static readonly (string Name, Func<double, double> Quantile)[] Kinds =
    [
        ("exponential", u => -Math.Log(1 - u)),
        ("lognormal", u => Math.Exp((0.8 * Normal(u)) - 0.32)),
    ];

    private static readonly (string Name, ParallelChange[] Changes, double? ColleagueRuns)[] Cases =
    [
        ("6 places", [], null),
        ("a colleague's tasks of 1 s", [], 1),
        ("a colleague's tasks of 2 s", [], 2),
        ("6 places, 12 after 20 s, 3 after 35 s", [new(At(20), 12), new(At(35), 3)], null),
    ];

    public static async Task RunAsync()
    {
        Console.WriteLine(
            $"{"tasks", -12} {"service", -38} {"concurrency", 11} {"makespan", 9} {"of best", 8} {"of list", 8} {"settled", 8} {"most wait", 9} {"colleague", 9}"
        );
        foreach (var (kind, quantile) in Kinds)
        {
            var seconds = Enumerable.Range(1, Runs).Select(i => Mean * quantile(i * GoldenRatio % 1)).ToList();
            foreach (var (service, changes, colleague) in Cases)
            {
                var batches = await Task.WhenAll(
                        Settings.Select(setting => BatchAsync(setting, changes, colleague, seconds))
                    )
                    .ConfigureAwait(false);
                var best = batches[..^1].Min(batch => batch.Makespan);
                var list = changes.Length == 0 && colleague is null ? ListSchedule(seconds) : double.NaN;
                foreach (var (setting, batch) in Settings.Zip(batches))
                {
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{kind, -12} {service, -38} {setting, 11} {batch.Makespan, 8:0.0}s {batch.Makespan / best, 8:0.000} {batch.Makespan / list, 8:0.000} {batch.Settled, 8} {batch.MostWaiting, 9} {batch.ColleagueWait, 8:0.00}s"
                        )
                    );
                }

                if (changes.Length > 0)
                {
                    Console.WriteLine($"{"", -12} unfinished tasks of auto each 2.5 s: {batches[^1].Unfinished}");
                }
            }
        }
    }

    private static async Task<Outcome> BatchAsync(
        string concurrency,
        ParallelChange[] changes,
        double? colleagueRuns,
        List<double> seconds
    )
    {
        var folder = Directory.CreateTempSubdirectory("concurrency-").FullName;
        var options = new EmulatorOptions { Parallel = Places, ParallelChanges = changes };
        await using var emulator = await TaskServiceEmulator
            .StartAsync(options, TimeProvider.System)
            .ConfigureAwait(false);
        var values = string.Join(", ", seconds.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)));
        await File.WriteAllTextAsync(
                Path.Combine(folder, "concurrency.yaml"),
                $$$"""
                name: concurrency
                service: { url: "{{{emulator.Address}}}", name: sleep }
                sweep: { zip: { n: { from: 1, to: {{{Runs}}}, step: 1 }, seconds: [{{{values}}}] } }
                request: { json: { seconds: "${{ seconds }}", label: "${{ n }}" } }
                limits: { concurrency: {{{concurrency}}} }
                """
            )
            .ConfigureAwait(false);
        using var isOver = new CancellationTokenSource();
        var colleague = ColleagueAsync(emulator.Address, colleagueRuns, isOver.Token);
        using var program = BatchProgram.Start(folder, "run", "concurrency.yaml");
        _ = program.StandardOutput.ReadToEndAsync();
        var errors = await program.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await program.WaitForExitAsync().ConfigureAwait(false);
        if (program.ExitCode != 0)
        {
            throw new InvalidOperationException(errors);
        }

        await isOver.CancelAsync().ConfigureAwait(false);
        var others = await colleague.ConfigureAwait(false);
        Directory.Delete(folder, recursive: true);
        return Of(emulator.Traffic.Fetched, others);
    }

    /// <summary>A task each second, and at the end the responses of those that have one: the emulator then has their times.</summary>
    private static async Task<HashSet<string>> ColleagueAsync(Uri service, double? runs, CancellationToken isOver)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        if (runs is null)
        {
            return ids;
        }

        using var http = new HttpClient { BaseAddress = service };
        while (!isOver.IsCancellationRequested)
        {
            using var answer = await http.PostAsJsonAsync(
                    "api/v2/tasks/sleep",
                    new { seconds = runs },
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            using var task = JsonDocument.Parse(
                await answer.Content.ReadAsStringAsync(CancellationToken.None).ConfigureAwait(false)
            );
            ids.Add(task.RootElement.GetProperty("id").GetString()!);
            await Task.Delay(1000, isOver).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }

        foreach (var id in ids)
        {
            using var _ = await http.GetAsync($"api/v2/tasks/{id}/response", CancellationToken.None)
                .ConfigureAwait(false);
        }

        return ids;
    }

    private static Outcome Of(IReadOnlyList<FetchedTask> fetched, HashSet<string> others)
    {
        var own = fetched.Where(task => !others.Contains(task.Id)).OrderBy(task => task.CreatedAt).ToList();
        var start = own[0].CreatedAt;
        var moments = own.ConvertAll(task =>
            (
                Ended: own.Count(t => t.EndedAt <= task.CreatedAt),
                Waiting: own.Count(t => t.CreatedAt <= task.CreatedAt && t.RunningAt > task.CreatedAt + StartUp),
                Unfinished: own.Count(t => t.CreatedAt <= task.CreatedAt && t.EndedAt > task.CreatedAt)
            )
        );
        var full = moments.FindIndex(moment => moment.Unfinished >= Places);
        var excess = moments.FindLastIndex(moment => moment.Waiting > 3);
        var settled = Math.Max(full, excess + 1);
        var end = own.Max(task => task.EndedAt);
        return new Outcome(
            (end - start).TotalSeconds,
            full < 0 || settled >= own.Count ? "never" : $"{moments[settled].Ended}",
            moments.Where(moment => moment.Ended >= 20).Max(moment => moment.Waiting),
            fetched
                .Where(task => others.Contains(task.Id) && task.RunningAt < end)
                .Select(task => (task.RunningAt - task.CreatedAt).TotalSeconds)
                .DefaultIfEmpty(double.NaN)
                .Average(),
            string.Join(
                ' ',
                Enumerable
                    .Range(1, (int)((end - start).TotalSeconds / 2.5))
                    .Select(i => start + At(2.5 * i))
                    .Select(at => own.Count(task => task.CreatedAt <= at && task.EndedAt > at))
            )
        );
    }

    /// <summary>The makespan where each task begins, in order, as soon as a place is free (Graham 1966).</summary>
    private static double ListSchedule(IEnumerable<double> seconds)
    {
        var free = new PriorityQueue<double, double>(Enumerable.Repeat((0.0, 0.0), Places));
        var end = 0.0;
        foreach (var duration in seconds)
        {
            var until = free.Dequeue() + duration;
            free.Enqueue(until, until);
            end = Math.Max(end, until);
        }

        return end;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>A quantile of the standard normal distribution (Box and Muller's transform, its angle from the same number).</summary>
    private static double Normal(double u) => Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * (u * 7919 % 1));

    private sealed record Outcome(
        double Makespan,
        string Settled,
        int MostWaiting,
        double ColleagueWait,
        string Unfinished
    );
}

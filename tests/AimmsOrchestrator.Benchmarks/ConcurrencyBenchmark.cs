using System.Globalization;
using AimmsOrchestrator.Benchmarks.Batches;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>
/// What <c>concurrency: auto</c> comes to beside fixed numbers, at services of 6 and of 20 places: makespan, tasks that wait,
/// changes of the places, and how long a colleague waits who submits a task each second. The whole program, over real HTTP.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- concurrency</c>
/// </summary>
internal static class ConcurrencyBenchmark
{
    public const string Name = "concurrency";

    private const double Mean = 2;

    /// <summary>A task whose start takes less time than this did not wait.</summary>
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(20);

    private static readonly (
        string Name,
        int Places,
        int Runs,
        string[] Fixed,
        ParallelChange[] Changes,
        double? Colleague
    )[] Cases =
    [
        ("6 places", 6, 150, ["4", "6", "8", "10", "12"], [], null),
        ("20 places", 20, 500, ["16", "20", "22", "26", "32"], [], null),
        ("6 places, a colleague's tasks of 1 s", 6, 150, ["6", "8"], [], 1),
        ("6 places, a colleague's tasks of 2 s", 6, 150, ["6", "8"], [], 2),
        ("6 places, 12 after 20 s, 3 after 35 s", 6, 150, ["6", "8", "12"], [new(At(20), 12), new(At(35), 3)], null),
    ];

    public static async Task RunAsync()
    {
        Console.WriteLine(
            $"{"tasks", -12} {"service", -38} {"concurrency", 11} {"makespan", 9} {"of best", 8} {"of list", 8} {"settled", 8} {"most wait", 9} {"colleague", 9}"
        );
        foreach (var times in (TaskTimes[])[TaskTimes.Exponential, TaskTimes.Lognormal, TaskTimes.Constant])
        {
            foreach (var (service, places, runs, limits, changes, colleague) in Cases)
            {
                string[] settings = [.. limits, "auto"];
                var seconds = times.Of(runs, Mean);
                var options = new EmulatorOptions { Parallel = places, ParallelChanges = changes };
                var batches = await Task.WhenAll(
                        settings.Select(setting => BatchAsync(setting, colleague, new(seconds, options)))
                    )
                    .ConfigureAwait(false);
                var best = batches[..^1].Min(batch => batch.Makespan);
                var isAlone = changes.Length == 0 && colleague is null;
                var list = isAlone ? TaskTimes.ListSchedule(seconds, places) : double.NaN;
                foreach (var (setting, batch) in settings.Zip(batches))
                {
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{times.Name, -12} {service, -38} {setting, 11} {batch.Makespan, 8:0.0}s {batch.Makespan / best, 8:0.000} {batch.Makespan / list, 8:0.000} {batch.Settled, 8} {batch.MostWaiting, 9} {batch.ColleagueWait, 8:0.00}s"
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

    private static async Task<Outcome> BatchAsync(string concurrency, double? colleagueRuns, MeasuredBatch batch)
    {
        var colleague = new Colleague(colleagueRuns);
        var traffic = await (
            batch with
            {
                Scenario = $"limits: {{ concurrency: {concurrency} }}",
                Beside = colleague.RunAsync,
            }
        )
            .RunAsync()
            .ConfigureAwait(false);
        return Of(traffic.Fetched, colleague.Ids, batch.Service.Parallel);
    }

    private static Outcome Of(IReadOnlyList<FetchedTask> fetched, IReadOnlySet<string> others, int places)
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
        var full = moments.FindIndex(moment => moment.Unfinished >= places);
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

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private sealed record Outcome(
        double Makespan,
        string Settled,
        int MostWaiting,
        double ColleagueWait,
        string Unfinished
    );
}

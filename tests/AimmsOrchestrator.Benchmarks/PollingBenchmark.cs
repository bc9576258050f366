using System.Globalization;
using AimmsOrchestrator.Benchmarks.Batches;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>
/// How soon ended tasks are noticed, by how many requests, and how much longer the batch takes than list scheduling of the
/// same tasks in the same order: the whole program with its defaults, over real HTTP.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- polling</c>
/// </summary>
internal static class PollingBenchmark
{
    public const string Name = "polling";

    private const int Runs = 300;

    private static readonly (TaskTimes Times, double Mean, int Places)[] Cases =
    [
        (TaskTimes.Lognormal, 2.9, 40),
        (TaskTimes.Exponential, 1.5, 24),
        (TaskTimes.Constant, 2, 24),
    ];

    private static readonly (string Name, bool IsCloud, int Page, FaultOptions Faults)[] Services =
    [
        ("list", false, 100, new FaultOptions()),
        ("list of 10 a page", true, 10, new FaultOptions()),
        ("list refused", false, 100, new FaultOptions { ListStatus = 403 }),
    ];

    /// <param name="poll">The scenario's <c>poll</c>; empty for the default.</param>
    public static async Task RunAsync(string poll)
    {
        WriteHeader();
        foreach (var (times, mean, places) in Cases)
        {
            foreach (var service in Services)
            {
                var options = new EmulatorOptions
                {
                    Parallel = places,
                    LargestPage = service.Page,
                    Faults = service.Faults,
                };
                var batch = new MeasuredBatch(times.Of(Runs, mean), options) { IsCloud = service.IsCloud };
                await ShowAsync(times.Name, service.Name, batch, poll).ConfigureAwait(false);
            }
        }
    }

    public static void WriteHeader() =>
        Console.WriteLine(
            $"{"tasks", -12} {"service", -18} {"late", 7} {"late/run", 9} {"polls/run", 10} {"lists", 6} {"makespan", 9}"
        );

    /// <summary>One row of the table: the batch with as many tasks at the service as it has places.</summary>
    public static async Task ShowAsync(string tasks, string service, MeasuredBatch batch, string poll)
    {
        var places = batch.Service.Parallel;
        var limited = batch with { Scenario = $"limits: {{ concurrency: {places} }}\n{poll}" };
        var traffic = await limited.RunAsync().ConfigureAwait(false);
        var ends = traffic.Fetched;
        var late = ends.Average(task => (task.FetchedAt - task.EndedAt).TotalSeconds);
        var ran = ends.Average(task => (task.EndedAt - task.RunningAt).TotalSeconds);
        var made = ends.Max(task => task.EndedAt) - ends.Min(task => task.CreatedAt);
        var inOrder = ends.OrderBy(task => task.CreatedAt).Select(task => (task.EndedAt - task.RunningAt).TotalSeconds);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{tasks, -12} {service, -18} {late * 1000, 5:0}ms {late / ran, 9:0.0%} {(double)(traffic.Polls + traffic.Lists) / ends.Count, 10:0.00} {traffic.Lists, 6} {made.TotalSeconds / TaskTimes.ListSchedule(inOrder, places), 9:0.000}"
            )
        );
    }
}

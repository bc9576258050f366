using System.Diagnostics;
using System.Globalization;
using AimmsOrchestrator.Emulator;
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

    // The golden ratio's multiples fall evenly everywhere, and the same way each time.
    private const double GoldenRatio = 0.6180339887498949;

    private static readonly (string Name, double Mean, int Places, Func<double, double> Quantile)[] Cases =
    [
        ("lognormal", 2.9, 40, u => Math.Exp((0.8 * Normal(u)) - 0.32)),
        ("exponential", 1.5, 24, u => -Math.Log(1 - u)),
        ("constant", 2, 24, _ => 1),
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
        await RunAllAsync(poll).ConfigureAwait(false);
    }

    public static void WriteHeader() =>
        Console.WriteLine(
            $"{"tasks", -12} {"service", -18} {"late", 7} {"late/run", 9} {"polls/run", 10} {"lists", 6} {"makespan", 9}"
        );

    private static async Task RunAllAsync(string poll)
    {
        foreach (var (name, mean, places, quantile) in Cases)
        {
            foreach (var service in Services)
            {
                var seconds = Enumerable.Range(1, Runs).Select(i => mean * quantile(i * GoldenRatio % 1)).ToList();
                var options = new EmulatorOptions
                {
                    Parallel = places,
                    LargestPage = service.Page,
                    Faults = service.Faults,
                };
                await BatchAsync(name, service.Name, service.IsCloud, options, seconds, poll).ConfigureAwait(false);
            }
        }
    }

    public static async Task BatchAsync(
        string tasks,
        string name,
        bool isCloud,
        EmulatorOptions options,
        List<double> seconds,
        string poll
    )
    {
        var folder = Directory.CreateTempSubdirectory("polling-").FullName;
        await using var emulator = await TaskServiceEmulator
            .StartAsync(options, TimeProvider.System)
            .ConfigureAwait(false);
        var service = isCloud
            ? $$$"""{ url: "{{{emulator.Address}}}", app: a, version: "1.0", name: sleep, apiKey: "${{ env.SOAK_KEY }}" }"""
            : $$"""{ url: "{{emulator.Address}}", name: sleep }""";
        var values = string.Join(", ", seconds.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)));
        await File.WriteAllTextAsync(
                Path.Combine(folder, "polling.yaml"),
                $$$"""
                name: polling
                service: {{{service}}}
                sweep: { zip: { n: { from: 1, to: {{{Runs}}}, step: 1 }, seconds: [{{{values}}}] } }
                request: { json: { seconds: "${{ seconds }}", label: "${{ n }}" } }
                limits: { concurrency: {{{options.Parallel}}} }
                {{{poll}}}
                """
            )
            .ConfigureAwait(false);
        using var program = BatchProgram.Start(folder, "run", "polling.yaml");
        _ = program.StandardOutput.ReadToEndAsync();
        var errors = await program.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await program.WaitForExitAsync().ConfigureAwait(false);
        if (program.ExitCode != 0)
        {
            throw new InvalidOperationException(errors);
        }

        var traffic = emulator.Traffic;
        var ends = traffic.Fetched;
        var late = ends.Average(task => (task.FetchedAt - task.EndedAt).TotalSeconds);
        var ran = ends.Average(task => (task.EndedAt - task.RunningAt).TotalSeconds);
        var made = ends.Max(task => task.EndedAt) - ends.Min(task => task.CreatedAt);
        var inOrder = ends.OrderBy(task => task.CreatedAt).Select(task => (task.EndedAt - task.RunningAt).TotalSeconds);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{tasks, -12} {name, -18} {late * 1000, 5:0}ms {late / ran, 9:0.0%} {(double)(traffic.Polls + traffic.Lists) / Runs, 10:0.00} {traffic.Lists, 6} {made.TotalSeconds / ListSchedule(inOrder, options.Parallel), 9:0.000}"
            )
        );
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The makespan where each task begins, in order, as soon as a place is free (Graham 1966).</summary>
    private static double ListSchedule(IEnumerable<double> seconds, int places)
    {
        var free = new PriorityQueue<double, double>(Enumerable.Repeat((0.0, 0.0), places));
        var end = 0.0;
        foreach (var duration in seconds)
        {
            var until = free.Dequeue() + duration;
            free.Enqueue(until, until);
            end = Math.Max(end, until);
        }

        return end;
    }

    /// <summary>A quantile of the standard normal distribution (Box and Muller's transform, its angle from the same number).</summary>
    private static double Normal(double u) => Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * (u * 7919 % 1));
}

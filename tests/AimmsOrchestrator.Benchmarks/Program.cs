using System.Globalization;
using AimmsOrchestrator.Benchmarks;

// One command, two tables: `dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks`.
if (args is [ThroughputBenchmark.Bare, var address])
{
    Console.WriteLine((await ThroughputBenchmark.BareAsync(address)).ToString("R", CultureInfo.InvariantCulture));
    return;
}

await ThroughputBenchmark.RunAsync();
await PlanBenchmark.RunAsync();

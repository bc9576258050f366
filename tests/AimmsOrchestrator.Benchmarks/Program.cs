using System.Globalization;
using AimmsOrchestrator.Benchmarks;
using AimmsOrchestrator.Benchmarks.Clustering;
using AimmsOrchestrator.Benchmarks.Hostile;
using AimmsOrchestrator.Benchmarks.Peers;
using AimmsOrchestrator.Benchmarks.Polls;
using AimmsOrchestrator.Benchmarks.Serving;

// One command, two tables: `dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks`.
if (args is [ThroughputBenchmark.Bare, var address, var bare])
{
    await ThroughputBenchmark.BareAsync(address, int.Parse(bare, CultureInfo.InvariantCulture));
    return;
}

if (args is [ThroughputBenchmark.Name, var many, .. var build])
{
    await ThroughputBenchmark.RunAsync(int.Parse(many, CultureInfo.InvariantCulture), build.FirstOrDefault());
    return;
}

if (args is [CrashSoak.Name, var kills, .. var modes])
{
    Environment.ExitCode = await CrashSoak.RunAsync(int.Parse(kills, CultureInfo.InvariantCulture), modes) ? 0 : 1;
    return;
}

if (args is [ClusterSoak.Name, var faults, var soaked, .. var kinds])
{
    var isSound = await ClusterSoak.RunAsync(
        int.Parse(faults, CultureInfo.InvariantCulture),
        int.Parse(soaked, CultureInfo.InvariantCulture),
        string.Join(' ', kinds)
    );
    Environment.ExitCode = isSound ? 0 : 1;
    return;
}

if (args is [ClusterThroughput.Name, var ended])
{
    await ClusterThroughput.RunAsync(int.Parse(ended, CultureInfo.InvariantCulture));
    return;
}

if (args is [ClusterUpgrade.Name, var next])
{
    Environment.ExitCode = await ClusterUpgrade.RunAsync(next) ? 0 : 1;
    return;
}

if (args is [DatabaseReport.Name, var reported])
{
    await DatabaseReport.RunAsync(int.Parse(reported, CultureInfo.InvariantCulture));
    return;
}

if (args is [PollingBenchmark.Name, .. var poll])
{
    await PollingBenchmark.RunAsync(string.Join(' ', poll));
    return;
}

if (args is [StartBenchmark.Name, .. var published])
{
    await StartBenchmark.RunAsync(published.FirstOrDefault());
    return;
}

if (args is [ConcurrencyBenchmark.Name])
{
    await ConcurrencyBenchmark.RunAsync();
    return;
}

if (args is [PeerBenchmark.Name, .. var files])
{
    await PeerBenchmark.RunAsync(files);
    return;
}

if (args is [HookBenchmark.Name])
{
    await HookBenchmark.RunAsync();
    return;
}

if (args is [ReportBenchmark.Name, var runs])
{
    await ReportBenchmark.RunAsync(int.Parse(runs, CultureInfo.InvariantCulture));
    return;
}

if (args is [HostileBenchmark.Name, .. var inputs])
{
    Environment.ExitCode = await HostileBenchmark.RunAsync(inputs) ? 0 : 1;
    return;
}

if (args is [ShareBenchmark.Name])
{
    await ShareBenchmark.RunAsync();
    return;
}

if (args is [LoadBenchmark.Name])
{
    await LoadBenchmark.RunAsync();
    return;
}

if (args is [ServeSoak.Name, var count])
{
    Environment.ExitCode = await ServeSoak.RunAsync(int.Parse(count, CultureInfo.InvariantCulture)) ? 0 : 1;
    return;
}

if (args is [PollBenchmark.Name])
{
    PollBenchmark.Run();
    return;
}

await ThroughputBenchmark.RunAsync();
await PlanBenchmark.RunAsync();

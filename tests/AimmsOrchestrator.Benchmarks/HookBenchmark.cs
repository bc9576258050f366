using System.Net;
using System.Net.Sockets;
using AimmsOrchestrator.Benchmarks.Batches;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>
/// What hooks save: 300 runs of exponential times, without hooks, with them, and with hooks that stop half-way; where the list
/// serves, and where it is refused.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- hooks</c>
/// </summary>
internal static class HookBenchmark
{
    public const string Name = "hooks";

    private const int Runs = 300;
    private const double Mean = 1.5;
    private const int Places = 24;

    /// <summary>Queued, assigned, running, solving, running and completed: each is announced.</summary>
    private const int CallsPerRun = 6;

    private static readonly (string Name, bool HasHooks, FaultOptions Faults)[] Services =
    [
        ("no hooks", false, new FaultOptions()),
        ("hooks", true, new FaultOptions()),
        ("hooks stop", true, new FaultOptions { HookStop = Runs * CallsPerRun / 2 }),
        ("no list, no hooks", false, new FaultOptions { ListStatus = 403 }),
        ("no list, hooks", true, new FaultOptions { ListStatus = 403 }),
        ("no list, stop", true, new FaultOptions { ListStatus = 403, HookStop = Runs * CallsPerRun / 2 }),
    ];

    public static async Task RunAsync()
    {
        PollingBenchmark.WriteHeader();
        foreach (var (name, hasHooks, faults) in Services)
        {
            var options = new EmulatorOptions { Parallel = Places, Faults = faults };
            var poll = hasHooks ? $$"""poll: { hook: "http://127.0.0.1:{{FreePort()}}/hooks" }""" : "";
            var batch = new MeasuredBatch(TaskTimes.Exponential.Of(Runs, Mean), options) { IsCloud = true };
            await PollingBenchmark.ShowAsync("exponential", name, batch, poll).ConfigureAwait(false);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

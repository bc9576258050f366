using System.Net;
using System.Net.Sockets;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using AimmsOrchestrator.Tests.Testing.Machine;

namespace AimmsOrchestrator.EndToEnd.Tests.Services;

/// <summary>The program with a hook, against a cloud that calls it.</summary>
public sealed class HookTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ends_are_noticed_by_calls_at_one_poll_each()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 8, ApiKey = "k" });
        Write(service.Address, $"http://127.0.0.1:{FreePorts.Next()}/hooks");

        var run = await _folder.RunAsync("run", "hooked.yaml");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(40, service.Traffic.Fetched.Count);

        // The service gives a call two seconds: where a task took longer, on a machine that stood still, calls of it may be
        // lost, and polls take their place.
        await Waiting.UntilAsync(() => service.Traffic.HookCalls >= 200);
        var late = service.Traffic.Fetched.Count(task => task.FetchedAt - task.CreatedAt > TimeSpan.FromSeconds(2));
        Assert.InRange(service.Traffic.TakenHookCalls, 200 - (5 * late), 240);
        Assert.InRange(service.Traffic.Polls, 40, 40 + (3 * late));
    }

    [Fact]
    public async Task Lost_doubled_late_and_disordered_calls_do_no_harm()
    {
        var faults = new FaultOptions
        {
            HookLost = 0.3,
            HookTwice = 0.3,
            HookShuffle = 0.3,
            HookDelaySeconds = 0.1,
        };
        await using var service = await Sleepers.StartAsync(
            new EmulatorOptions
            {
                Parallel = 8,
                ApiKey = "k",
                Faults = faults,
            }
        );
        Write(service.Address, $"http://localhost:{FreePorts.Next()}/hooks", "1s");

        var run = await _folder.RunAsync("run", "hooked.yaml");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(40, service.Traffic.Fetched.Count);
        Assert.Equal(40, service.Traffic.Taken.Count);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_nothing_is_sent()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { ApiKey = "k" });
        Write(service.Address, $"http://127.0.0.1:{port}/hooks");

        var run = await _folder.RunAsync("run", "hooked.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"poll.hook: port {port} cannot be listened on", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, service.Traffic.Requests);
        Assert.DoesNotContain("hooked", (await _folder.RunAsync("list")).Output, StringComparison.Ordinal);
    }

    private void Write(Uri address, string hook, string every = "30s")
    {
        _folder.Environment["MY_KEY"] = "k";
        _folder.Write(
            "hooked.yaml",
            $$$"""
            name: hooked
            service: { url: "{{{address}}}", app: Plant, version: "1", name: sleep, apiKey: "${{ env.MY_KEY }}" }
            sweep: { matrix: { n: { from: 1, to: 40, step: 1 } } }
            request: { json: { n: "${{ n }}", seconds: 0.2 } }
            limits: { concurrency: 8 }
            poll: { every: {{{every}}}, hook: "{{{hook}}}" }
            """
        );
    }
}

using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using AimmsOrchestrator.Tests.Testing.Machine;

namespace AimmsOrchestrator.EndToEnd.Tests.Services;

/// <summary>The program against a service whose traffic tell what really happened.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task With_faults_on_the_limit_holds_no_run_is_sent_twice_and_every_run_ends_right()
    {
        var faults = new FaultOptions
        {
            ServerError = 0.05,
            CutGet = 0.03,
            TooManyRequests = 0.03,
        };
        await using var service = await Sleepers.StartAsync(
            new EmulatorOptions
            {
                Parallel = 3,
                Faults = faults,
                Seed = 7,
            }
        );
        _folder.WriteSleepers(service.Address, runs: 300, seconds: 0.005, concurrency: 6);

        var run = await _folder.RunAsync("run", "sleepers.yaml", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(300, JsonDocument.Parse(run.Output).RootElement.GetProperty("completed").GetInt32());
        var bodies = service.Traffic.Taken.Select(t => Encoding.UTF8.GetString(t.Body.Span)).ToList();
        Assert.Equal(300, bodies.Count);
        Assert.Equal(300, bodies.Distinct().Count());
        Assert.InRange(service.Traffic.MostUnfinished, 1, 6);
    }

    [Fact]
    public async Task Ctrl_C_leaves_a_batch_that_resume_continues_and_loses_nothing()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 2 });

        // Two tasks take both sessions until this test ends them: the batch runs for as long as it is looked at.
        _folder.Write(
            "sleepers.yaml",
            $$$"""
            name: sleepers
            service: { url: "{{{service.Address}}}", name: sleep }
            sweep: { matrix: { n: { from: 1, to: 160, step: 1 } } }
            request: { json: { n: "${{ n }}", seconds: "${{ n === 9 || n === 10 ? 3600 : 0.02 }}" } }
            limits: { concurrency: 4 }
            poll: { every: 10ms }
            """
        );
        using var program = _folder.Start("run", "sleepers.yaml");
        await Waiting.UntilAsync(() => service.LongTasks().Count == 2);

        var status = JsonDocument.Parse((await _folder.RunAsync("status", "--json")).Output).RootElement;
        Assert.Equal("running", status.GetProperty("state").GetString());
        var second = await _folder.RunAsync("run", "sleepers.yaml");
        Assert.Equal(2, second.ExitCode);
        Assert.Contains("driven by process", second.Errors, StringComparison.Ordinal);

        using var watch = _folder.Start("status", "--watch", "--json");
        Assert.Contains("driven by", await watch.StandardError.ReadLineAsync(), StringComparison.Ordinal);
        using var signal = Process.Start("kill", ["-INT", $"{watch.Id}"]);
        var watched = await ProgramFolder.EndOfAsync(watch);
        Assert.Equal(130, watched.ExitCode);
        Assert.Equal("running", JsonDocument.Parse(watched.Output).RootElement.GetProperty("state").GetString());

        using var kill = Process.Start("kill", ["-INT", $"{program.Id}"]);
        var first = await ProgramFolder.EndOfAsync(program);
        Assert.Equal(130, first.ExitCode);
        Assert.Contains("continues where this stopped", first.Errors, StringComparison.Ordinal);
        var report = await _folder.RunAsync("report", "--format", "jsonl");
        Assert.Equal(160, report.OutputLines.Length);
        Assert.Contains("\"state\":\"pending\"", report.Output, StringComparison.Ordinal);

        await Waiting.UntilAsync(() => service.Traffic.Unfinished <= service.Traffic.Taken.Count - 8);
        await service.WakeAsync();

        // From the workspace alone: the scenario's file is gone.
        File.Delete(_folder.File("sleepers.yaml"));
        var again = await _folder.RunAsync("resume");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("nothing is left to do", (await _folder.RunAsync("resume")).Errors, StringComparison.Ordinal);
        Assert.Equal(160, service.Traffic.Taken.Count);
        Assert.Equal(160, service.Traffic.Taken.Select(t => Encoding.UTF8.GetString(t.Body.Span)).Distinct().Count());
    }

    [Fact]
    public async Task Tasks_that_the_service_forgets_are_sent_again()
    {
        var faults = new FaultOptions { ForgetTask = 0.15 };
        await using var service = await Sleepers.StartAsync(
            new EmulatorOptions
            {
                Parallel = 3,
                Faults = faults,
                Seed = 5,
            }
        );

        // A task is forgotten at its second poll: long enough that not all have ended at their first one.
        _folder.WriteSleepers(service.Address, runs: 60, seconds: 0.5, concurrency: 6);

        var run = await _folder.RunAsync("run", "sleepers.yaml", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(60, JsonDocument.Parse(run.Output).RootElement.GetProperty("completed").GetInt32());
        Assert.InRange(service.Traffic.Taken.Count, 61, 100);
    }

    [Fact]
    public async Task Retry_runs_again_what_failed_and_only_that()
    {
        var faults = new FaultOptions { FailTask = 0.5 };
        string address;
        int failed;
        await using (
            var service = await Sleepers.StartAsync(
                new EmulatorOptions
                {
                    Port = FreePorts.Next(),
                    Parallel = 2,
                    Faults = faults,
                    Seed = 3,
                }
            )
        )
        {
            address = service.Address.ToString();
            _folder.WriteSleepers(service.Address, runs: 20, seconds: 0.01, concurrency: 4);
            var first = await _folder.RunAsync("run", "sleepers.yaml", "--json");
            Assert.Equal(1, first.ExitCode);
            failed = JsonDocument.Parse(first.Output).RootElement.GetProperty("failed").GetInt32();
            Assert.InRange(failed, 1, 19);
        }

        File.Delete(_folder.File("sleepers.yaml"));
        var port = new Uri(address).Port;
        await using var healthy = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 2, Port = port });
        var retry = await _folder.RunAsync("retry", "sleepers-1", "--json");

        Assert.Equal(0, retry.ExitCode);
        Assert.Equal(20, JsonDocument.Parse(retry.Output).RootElement.GetProperty("completed").GetInt32());
        Assert.Equal(failed, healthy.Traffic.Taken.Count);
        Assert.Contains("nothing failed", (await _folder.RunAsync("retry")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_of_a_batch_with_runs_that_never_ran_ends_before_its_end()
    {
        _folder.Write(
            "broken.yaml",
            """
            name: broken
            service: { url: emulator, name: transport }
            sweep: { matrix: { freight: [80, 90, 100] } }
            request: { json: { freight: "${{ freight }}" } }
            limits: { concurrency: 1, submits: 1/min }
            poll: { every: 20ms }
            """
        );
        _folder.HaltAt = "after:run-failed:1";
        using var program = _folder.Start("run", "broken.yaml");
        await Waiting.UntilAsync(() => File.Exists(_folder.File(".aimms-batch/halted")));
        program.Kill();
        await program.WaitForExitAsync();

        _folder.HaltAt = null;
        var retry = await _folder.RunAsync("retry", "--json");

        Assert.Equal(3, retry.ExitCode);
        var summary = JsonDocument.Parse(retry.Output).RootElement;

        // The failed task's slot was free before its run had ended: the next run may have begun.
        Assert.InRange(summary.GetProperty("pending").GetInt32(), 1, 2);
        Assert.Equal(3, summary.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task Ctrl_C_ends_in_order_while_the_emulators_solver_is_at_work()
    {
        _folder.Write(
            "solve.yaml",
            """
            name: solve
            service: { url: emulator, name: facility-location }
            request: { json: { customers: 300, facilities: 60 } }
            poll: { every: 50ms }
            """
        );
        using var program = _folder.Start("run", "solve.yaml");
        var state = "";
        for (var polls = 0; polls < 50 && !state.Contains("\"solving\": 1", StringComparison.Ordinal); polls++)
        {
            state = (await _folder.RunAsync("status", "--json")).Output;
        }

        using var kill = Process.Start("kill", ["-INT", $"{program.Id}"]);
        Assert.Equal(130, (await ProgramFolder.EndOfAsync(program)).ExitCode);
    }

    [Fact]
    public async Task A_killed_program_goes_on_and_sends_nothing_twice()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 2 });
        _folder.WriteSleepers(service.Address, runs: 40, seconds: 0.1, concurrency: 4);
        using var program = _folder.Start("run", "sleepers.yaml");
        await Waiting.UntilAsync(() => service.Traffic.Taken.Count >= 8);
        program.Kill();
        await program.WaitForExitAsync();

        var again = await _folder.RunAsync("resume", "sleepers", "--json");
        var summary = JsonDocument.Parse(again.Output).RootElement;

        // A submit that was under way when the program died is settled by the service's list.
        Assert.Equal(40, summary.GetProperty("completed").GetInt32());
        var bodies = service.Traffic.Taken.Select(t => Encoding.UTF8.GetString(t.Body.Span)).ToList();
        Assert.Equal(bodies.Count, bodies.Distinct().Count());
    }

    [Fact]
    public async Task The_key_reaches_the_service_and_nothing_else()
    {
        const string Key = "q8Zx2mN4vB6kL1pR3tY5wE7uI9oA0sD2fG4hJ6kL8zM=";
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 2, ApiKey = Key });
        _folder.Write(
            "cloud.yaml",
            $$$"""
            name: cloud
            service: { url: "{{{service.Address}}}", app: "Plant Plan", version: "1.4", name: echo, apiKey: "${{ env.MY_KEY }}" }
            sweep: { matrix: { x: [1, 2, 3] } }
            request: { json: { x: "${{ x }}" } }
            poll: { every: 20ms }
            """
        );
        var missing = await _folder.RunAsync("run", "cloud.yaml");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("MY_KEY", missing.Errors, StringComparison.Ordinal);

        _folder.Environment["MY_KEY"] = Key;
        var run = await _folder.RunAsync("run", "cloud.yaml", "--json", "--verbose");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, service.Traffic.Taken.Count);

        _folder.Environment["MY_KEY"] = "wrong" + Key;
        var refused = await _folder.RunAsync("run", "cloud.yaml", "--fresh", "--verbose");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("401", refused.Errors, StringComparison.Ordinal);

        var csv = await _folder.RunAsync("report", "--format", "csv");
        var said = run.Output + run.Errors + refused.Output + refused.Errors + csv.Output;
        Assert.DoesNotContain(Key, said, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(
                Key,
                Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)),
                StringComparison.Ordinal
            );
        }
    }

    public void Dispose() => _folder.Dispose();
}

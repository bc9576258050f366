using System.Text.Json;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>Several scenarios in one command, and a batch's first runs before the others.</summary>
public sealed class SeveralScenariosTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task The_scenarios_of_a_folder_run_in_the_order_of_their_names_and_the_worst_exit_code_counts()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 4 });
        Directory.CreateDirectory(_folder.File("many"));
        Write("many/b.yaml", service.Address, "true");
        Write("many/a.yaml", service.Address, "n !== 2");
        _folder.Write("many/services.yaml", "services: {}");

        var result = await _folder.RunAsync("run", "many", "--json");

        Assert.Equal(1, result.ExitCode);
        var batches = JsonDocument.Parse(result.Output).RootElement.EnumerateArray();
        Assert.Equal(
            ["a-1 1", "b-1 0"],
            batches.Select(b => $"{b.GetProperty("batch").GetString()} {b.GetProperty("exitCode").GetInt32()}")
        );
    }

    [Fact]
    public async Task Together_the_scenarios_run_at_the_same_time_and_each_has_its_results_in_their_order()
    {
        // Neither ends before the other has begun: the one task of each is interrupted once both run.
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 2 });
        foreach (var name in (string[])["a", "b"])
        {
            _folder.Write(
                $"{name}.yaml",
                $$$"""
                service: { url: "{{{service.Address}}}", name: sleep }
                request: { json: { of: {{{name}}}, seconds: 3600 } }
                poll: { every: 10ms }
                results: { of: response.of }
                """
            );
        }

        using var process = _folder.Start("run", "b.yaml", "a.yaml", "--together", "--json");
        await Waiting.UntilAsync(() => service.Traffic.Taken.Count == 2);
        await service.WakeAsync();

        var result = await ProgramFolder.EndOfAsync(process);
        Assert.True(result.ExitCode == 0, result.Errors);
        var batches = JsonDocument.Parse(result.Output).RootElement.EnumerateArray();
        Assert.Equal(["b-1", "a-1"], batches.Select(b => b.GetProperty("batch").GetString()));
        Assert.Contains("a-1: 1 completed", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Together_one_that_fails_leaves_the_others_as_they_are_and_what_is_done_is_not_done_again()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 4 });
        Write("a.yaml", service.Address, "n !== 2");
        Write("b.yaml", service.Address, "true");

        var first = await _folder.RunAsync("run", "a.yaml", "b.yaml", "--together");
        var again = await _folder.RunAsync("run", "b.yaml", "--fresh", "a.yaml", "--together", "--limit", "1");

        Assert.Equal((1, 0), (first.ExitCode, again.ExitCode));
        Assert.Contains("a-1: 4 completed, 1 failed", first.Errors, StringComparison.Ordinal);
        Assert.Contains("b-1: 5 completed", first.Errors, StringComparison.Ordinal);
        Assert.Contains("b-2: 1 completed", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Together_Ctrl_C_leaves_all_and_a_second_run_continues_them()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 4 });

        // The first task of each sleeps until this test wakes it: neither batch ends before it is left.
        const string Seconds = "\"${{ n === 1 ? 3600 : 0.3 }}\"";
        Write("a.yaml", service.Address, "true", Seconds);
        Write("b.yaml", service.Address, "true", Seconds);

        using var process = _folder.Start("run", "a.yaml", "b.yaml", "--together");
        await Waiting.UntilAsync(() => service.LongTasks().Count == 2 && service.Traffic.Taken.Count >= 3);
        Assert.Equal(0, await SignalAsync("-INT", process.Id));
        var left = await ProgramFolder.EndOfAsync(process);
        await service.WakeAsync();
        var rest = await _folder.RunAsync("run", "a.yaml", "b.yaml", "--together");

        Assert.Equal((130, 0), (left.ExitCode, rest.ExitCode));
        Assert.Equal(10, service.Traffic.Taken.Count);
    }

    [Fact]
    public async Task Every_scenario_is_read_before_the_first_one_runs()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions());
        Write("a.yaml", service.Address, "true");
        _folder.Write("b.yaml", "name: b\nservcie: {}");

        var result = await _folder.RunAsync("run", "a.yaml", "b.yaml", "c.yaml");

        Assert.Equal((2, 0), (result.ExitCode, service.Traffic.Taken.Count));
        Assert.Contains("b.yaml:2:1: servcie is not a key", result.Errors, StringComparison.Ordinal);
        Assert.Contains("c.yaml: ", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", 0, 5)]
    [InlineData("n !== 2", 3, 2)]
    public async Task Without_a_terminal_the_first_runs_decide_about_the_others(string success, int exitCode, int taken)
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 4 });
        Write("a.yaml", service.Address, success);

        var result = await _folder.RunAsync("run", "a.yaml", "--canary", "2");

        Assert.Equal((exitCode, taken), (result.ExitCode, service.Traffic.Taken.Count));
        Assert.Equal(0, (await _folder.RunAsync("list")).ExitCode);
        if (exitCode != 0)
        {
            Assert.Contains(
                "a-1: stops after the first 2 runs: 1 of them failed",
                result.Errors,
                StringComparison.Ordinal
            );
            await _folder.EndsAsync(1, "resume");
            Assert.Equal(5, service.Traffic.Taken.Count);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<int> SignalAsync(string signal, int process)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [signal, $"{process}"]);
        await kill.WaitForExitAsync();
        return kill.ExitCode;
    }

    /// <summary>Each file asks its own questions: equal ones would be answered by what another file's run found out.</summary>
    private void Write(string file, Uri address, string success, string seconds = "0") =>
        _folder.Write(
            file,
            $$$"""
            service: { url: "{{{address}}}", name: sleep }
            sweep: { matrix: { n: [1, 2, 3, 4, 5] } }
            request: { json: { of: "{{{file}}}", n: "${{ n }}", seconds: {{{seconds}}} } }
            success: {{{success}}}
            poll: { every: 10ms }
            """
        );
}

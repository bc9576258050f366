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
            await _folder.RunAsync("resume");
            Assert.Equal(5, service.Traffic.Taken.Count);
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string file, Uri address, string success) =>
        _folder.Write(
            file,
            $$$"""
            service: { url: "{{{address}}}", name: sleep }
            sweep: { matrix: { n: [1, 2, 3, 4, 5] } }
            request: { json: { n: "${{ n }}", seconds: 0 } }
            success: {{{success}}}
            poll: { every: 10ms }
            """
        );
}

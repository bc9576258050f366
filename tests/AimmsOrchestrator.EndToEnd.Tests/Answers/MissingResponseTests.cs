using System.Text.Json;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Answers;

/// <summary>A service that answers 404 for the response of a completed task, for a while.</summary>
public sealed class MissingResponseTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task A_response_that_is_late_is_waited_for_and_no_run_completes_without_its_result()
    {
        // With a settling time of 1 s a response counts as missing after 250 ms, and is waited for during 15 s.
        var faults = new FaultOptions { ResponseDelaySeconds = 2 };
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 4, Faults = faults });
        _folder.Write(
            "late.yaml",
            $$$"""
            name: late
            service: { url: "{{{service.Address}}}", name: sleep }
            sweep: { matrix: { n: [1, 2, 3] } }
            request: { json: { label: "${{ n }}", seconds: 0.01 } }
            poll: { every: 10ms }
            retry: { first: 20ms, max: 100ms, settle: 1s }
            results: { label: response.label }
            """
        );

        Assert.Equal(0, (await _folder.RunAsync("run", "late.yaml")).ExitCode);

        var report = await _folder.RunAsync("report", "--format", "jsonl");
        var labels = report.OutputLines.Select(line =>
            JsonDocument.Parse(line).RootElement.GetProperty("results").GetProperty("label").ToString()
        );
        Assert.Equal(["1", "2", "3"], labels.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}

using System.Text.Json;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Answers;

/// <summary>A service whose documents come in other encodings, or not whole.</summary>
public sealed class EncodingTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Theory]
    [InlineData("bom")]
    [InlineData("latin1")]
    [InlineData("half-surrogate")]
    public async Task A_result_is_what_the_model_wrote_in_whichever_encoding_it_comes(string fault)
    {
        await using var service = await StartAsync(fault, 1);
        Write(service.Address);

        var run = await _folder.RunAsync("run", "encoded.yaml");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(["Málaga 1", "Málaga 2"], await ResultsAsync());
        Assert.Equal(2, service.Traffic.Taken.Count);
    }

    [Fact]
    public async Task A_response_that_is_cut_at_times_is_asked_for_again()
    {
        await using var service = await StartAsync("gzip-cut", 0.4);
        Write(service.Address);

        var run = await _folder.RunAsync("run", "encoded.yaml");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(["Málaga 1", "Málaga 2"], await ResultsAsync());
    }

    [Fact]
    public async Task A_response_that_is_always_cut_is_a_failed_run_and_never_a_result()
    {
        await using var service = await StartAsync("gzip-cut", 1);
        Write(service.Address);

        var run = await _folder.RunAsync("run", "encoded.yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(await ResultsAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static Task<TaskServiceEmulator> StartAsync(string fault, double rate)
    {
        var faults = FaultSwitch.All.Single(known => known.Name == fault).Apply(new FaultOptions(), rate);
        return TaskServiceEmulator.StartAsync(
            new EmulatorOptions { Parallel = 2, Faults = faults },
            TimeProvider.System
        );
    }

    private void Write(Uri address) =>
        _folder.Write(
            "encoded.yaml",
            $$$"""
            name: encoded
            service: { url: "{{{address}}}", name: echo }
            sweep: { matrix: { n: [1, 2] } }
            request: { json: { v: "Málaga ${{ n }}", more: "and so on, so that half of it is not all of it" } }
            poll: { every: 10ms }
            retry: { first: 20ms, max: 100ms, settle: 1s }
            results: { v: response.v }
            """
        );

    private async Task<IReadOnlyList<string?>> ResultsAsync()
    {
        var report = await _folder.RunAsync("report", "--format", "jsonl");
        return
        [
            .. report
                .OutputLines.Select(line => JsonDocument.Parse(line).RootElement)
                .Where(run => run.GetProperty("state").GetString() == "completed")
                .Select(run => run.GetProperty("results").GetProperty("v").GetString()),
        ];
    }
}

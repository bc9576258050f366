using System.Text.Json;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>Batches that are cancelled, by the traffic of the service.</summary>
public sealed class CancelTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_stops_the_driver_and_ends_the_tasks_at_the_service(bool isKilledBefore)
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 2 });
        _folder.WriteSleepers(service.Address, runs: 40, seconds: 3600, concurrency: 6);
        using var program = _folder.Start("run", "sleepers.yaml");
        await Waiting.UntilAsync(() => service.Traffic.Taken.Count >= 6);
        if (isKilledBefore)
        {
            program.Kill();
            await program.WaitForExitAsync();
        }

        var cancel = await _folder.RunAsync("cancel", "sleepers-1");

        Assert.Equal(0, cancel.ExitCode);
        Assert.Contains("sleepers-1: cancelled; ", cancel.Errors, StringComparison.Ordinal);
        if (!isKilledBefore)
        {
            var driver = await ProgramFolder.EndOfAsync(program);
            Assert.Equal(3, driver.ExitCode);
            Assert.Contains("sleepers-1: 0 completed, 40 cancelled", driver.Errors, StringComparison.Ordinal);
        }

        await Waiting.UntilAsync(() => service.Traffic.Unfinished == 0);
        Assert.Equal(6, service.Traffic.Taken.Count);
        var status = JsonDocument.Parse((await _folder.RunAsync("status", "--json")).Output).RootElement;
        Assert.Equal("cancelled", status.GetProperty("state").GetString());
        Assert.Equal(40, status.GetProperty("cancelled").GetInt32());
        var report = await _folder.RunAsync("report", "--format", "jsonl");
        Assert.Equal(
            40,
            report.OutputLines.Count(line => line.Contains("\"state\":\"cancelled\"", StringComparison.Ordinal))
        );
        Assert.Contains("is cancelled already", (await _folder.RunAsync("cancel")).Errors, StringComparison.Ordinal);
        var resume = await _folder.RunAsync("resume", "--json");
        Assert.Equal(3, resume.ExitCode);
        Assert.Contains("is cancelled: nothing is left to do", resume.Errors, StringComparison.Ordinal);
        Assert.Equal(40, JsonDocument.Parse(resume.Output).RootElement.GetProperty("cancelled").GetInt32());
    }

    [Fact]
    public async Task An_address_of_the_environment_is_wanted_to_cancel_and_for_nothing_else_afterwards()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 2 });
        _folder.Write(
            "addressed.yaml",
            """
            name: addressed
            service: { url: "${{ env.AIMMS_URL }}", name: sleep }
            request: { json: { seconds: 600 } }
            poll: { every: 20ms }
            """
        );
        _folder.Environment["AIMMS_URL"] = service.Address.ToString();
        using var program = _folder.Start("run", "addressed.yaml");
        await Waiting.UntilAsync(() => service.Traffic.Taken.Count > 0);
        program.Kill();
        await program.WaitForExitAsync();

        _folder.Environment.Clear();
        var refused = await _folder.RunAsync("cancel");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("AIMMS_URL", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("cancelled", (await _folder.RunAsync("status", "--json")).OutputLines[3]);
        Assert.Contains("expects nothing", (await _folder.RunAsync("expect")).Errors, StringComparison.Ordinal);

        _folder.Environment["AIMMS_URL"] = service.Address.ToString();
        Assert.Equal(0, (await _folder.RunAsync("cancel")).ExitCode);
        await Waiting.UntilAsync(() => service.Traffic.Unfinished == 0);
    }

    [Fact]
    public async Task Cancel_ends_a_task_whose_submit_was_never_answered()
    {
        var faults = new FaultOptions { CutAfterTaken = 1 };
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Faults = faults });
        _folder.WriteSleepers(service.Address, runs: 3, seconds: 600, concurrency: 2);
        _folder.HaltAt = "after:submit-unconfirmed:1";
        using var program = _folder.Start("run", "sleepers.yaml");
        await Waiting.UntilAsync(() => File.Exists(_folder.File(".aimms-batch/halted")));
        program.Kill();
        await program.WaitForExitAsync();
        Assert.Equal(1, service.Traffic.Unfinished);

        _folder.HaltAt = null;
        Assert.Equal(0, (await _folder.RunAsync("cancel")).ExitCode);
        await Waiting.UntilAsync(() => service.Traffic.Unfinished == 0);
    }

    public void Dispose() => _folder.Dispose();
}

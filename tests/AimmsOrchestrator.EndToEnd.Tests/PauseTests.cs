using System.Text.Json;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>Batches that another process pauses, limits and continues, by the traffic of the service.</summary>
public sealed class PauseTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task A_pause_outlives_its_driver_and_ends_when_a_person_says_so()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 8 });

        // The first twelve tasks sleep until this test wakes them, before the pause and after it.
        const string Seconds = "\"${{ n <= 12 ? 3600 : 0.02 }}\"";
        _folder.WriteSleepers(service.Address, runs: 24, Seconds, concurrency: 4);
        using var driver = _folder.Start("run", "sleepers.yaml");
        await Waiting.UntilAsync(() => service.Traffic.Taken.Count >= 4);

        var pause = await _folder.RunAsync("pause");
        Assert.Equal(0, pause.ExitCode);
        Assert.Contains("sleepers-1 is paused, driven by process ", pause.Errors, StringComparison.Ordinal);
        await UntilAsync(status => status.GetProperty("state").GetString() == "paused");
        driver.Kill();
        await driver.WaitForExitAsync();
        var taken = service.Traffic.Taken.Count;

        using var next = _folder.Start("resume");
        await service.WakeAsync();
        await UntilAsync(status => status.GetProperty("completed").GetInt64() == taken);
        Assert.Equal("paused", (await StatusAsync()).GetProperty("state").GetString());
        Assert.Equal(taken, service.Traffic.Taken.Count);
        Assert.Equal(0, (await _folder.RunAsync("set", "sleepers", "limits.concurrency=8")).ExitCode);
        Assert.Equal(0, (await _folder.RunAsync("continue")).ExitCode);
        await Waiting.UntilAsync(() => service.Traffic.Unfinished == 8);
        await service.WakeAsync();
        var end = await ProgramFolder.EndOfAsync(next);

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("nothing is submitted until `aimms-batch continue sleepers-1`", end.Errors);
        Assert.Equal((24, 8), (service.Traffic.Taken.Count, service.Traffic.MostUnfinished));
        Assert.Equal(2, (await _folder.RunAsync("pause")).ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<JsonElement> StatusAsync() =>
        JsonDocument.Parse((await _folder.RunAsync("status", "--json")).Output).RootElement;

    private Task UntilAsync(Func<JsonElement, bool> condition) =>
        Waiting.UntilAsync(async () => condition(await StatusAsync()));
}

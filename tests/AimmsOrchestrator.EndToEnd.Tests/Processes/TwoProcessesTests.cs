using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Processes;

/// <summary>Processes that reach for one workspace at the same time.</summary>
public sealed class TwoProcessesTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task Of_three_runs_that_start_at_once_one_drives_the_batch_and_each_question_is_asked_once()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 4 });

        // The first four tasks sleep until the others have found the batch driven, however late they start.
        _folder.WriteSleepers(service.Address, runs: 40, "\"${{ n <= 4 ? 3600 : 0.02 }}\"", concurrency: 4);
        var programs = Enumerable.Range(0, 3).Select(_ => _folder.Start("run", "sleepers.yaml")).ToList();
        await Waiting.UntilAsync(() =>
            programs.Count(program => program.HasExited) >= 2 && service.LongTasks().Count == 4
        );
        await service.WakeAsync();

        var results = await Task.WhenAll(programs.Select(ProgramFolder.EndOfAsync));

        programs.ForEach(program => program.Dispose());
        Assert.Equal([0, 2, 2], results.Select(result => result.ExitCode).Order());
        Assert.All(
            results.Where(result => result.ExitCode == 2),
            result => Assert.Matches("^sleepers-1 is driven by process [0-9]+ on .* already; [^\n]*\n$", result.Errors)
        );
        Assert.Equal((40, 4), (service.Traffic.Taken.Count, service.Traffic.MostUnfinished));
        Assert.DoesNotContain("sleepers-2", (await _folder.RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_batch_at_the_same_service_says_that_they_share_its_limit()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 4 });
        _folder.WriteSleepers(service.Address, runs: 2, seconds: 3600, concurrency: 2);
        using var first = _folder.Start("run", "sleepers.yaml");
        await Waiting.UntilAsync(() => service.Traffic.Taken.Count == 2);

        using var other = _folder.Start("run", "sleepers.yaml", "--set", "n=[7]");
        var errors = "";
        while (!errors.Contains("rates add up", StringComparison.Ordinal))
        {
            errors += $"{await other.StandardError.ReadLineAsync()}\n";
        }

        other.Kill();
        first.Kill();

        Assert.Contains("sleepers-1 is driven at the same service by process ", errors, StringComparison.Ordinal);
        Assert.Contains("together they keep to limits.concurrency", errors, StringComparison.Ordinal);
        Assert.Equal(2, service.Traffic.Taken.Count);
    }

    [Fact]
    public async Task A_file_system_without_locks_is_found_out()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 4 });
        _folder.WriteSleepers(service.Address, runs: 2, seconds: 0, concurrency: 2);
        _folder.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";

        var unlocked = await _folder.RunAsync("run", "sleepers.yaml");
        _folder.Environment.Clear();
        var locked = await _folder.RunAsync("run", "sleepers.yaml", "--fresh");

        Assert.Equal((0, 0), (unlocked.ExitCode, locked.ExitCode));
        Assert.Contains("this file system has no locks", unlocked.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("no locks", locked.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_cancel_and_a_resume_at_once_the_later_one_is_obeyed()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 2 });
        _folder.WriteSleepers(service.Address, runs: 6, seconds: 3600, concurrency: 2);
        using var program = _folder.Start("run", "sleepers.yaml");
        await Waiting.UntilAsync(() => service.Traffic.Taken.Count == 2);
        program.Kill();
        await program.WaitForExitAsync();

        using var resume = _folder.Start("resume");
        var cancel = await _folder.RunAsync("cancel");
        if (cancel.ExitCode != 0)
        {
            // The resume knew of it already, and took it back.
            Assert.Contains("was resumed before it could be cancelled", cancel.Errors, StringComparison.Ordinal);
            Assert.Equal(2, service.Traffic.Unfinished);
            cancel = await _folder.RunAsync("cancel");
        }

        // The resume drives the batch and is asked to leave it, comes too late, or finds the cancel at work.
        var resumed = await ProgramFolder.EndOfAsync(resume);
        Assert.True(resumed.ExitCode is 2 or 3, resumed.Errors);
        Assert.True(cancel.ExitCode == 0, cancel.Errors);
        await Waiting.UntilAsync(() => service.Traffic.Unfinished == 0);
        Assert.Contains("\"state\": \"cancelled\"", (await _folder.RunAsync("status", "--json")).Output);
    }

    public void Dispose() => _folder.Dispose();
}

using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Services;

/// <summary>The logs of tasks, as the cloud keeps them.</summary>
public sealed class LogTests : IDisposable
{
    private const string Key = "k3y-of-the-logs";

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Logs_of_failed_tasks_are_here_after_the_service_is_gone_and_others_are_asked_for()
    {
        await using (var service = await StartAsync())
        {
            Write(service.Address);
            var run = await _folder.RunAsync("run", "logged.yaml");
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("`aimms-batch logs logged-1 0` prints the log", run.Errors, StringComparison.Ordinal);

            var completed = await _folder.RunAsync("logs", "logged", "n=2", "--tail", "1");
            Assert.Equal(0, completed.ExitCode);
            Assert.Matches(@"^3 \S+ \S+ the procedure ends with 1\n$", completed.Output);
        }

        var failed = await _folder.RunAsync("logs", "logged", "0");
        var kept = await _folder.RunAsync("logs", "logged", "1");
        var unknown = await _folder.RunAsync("logs", "logged", "3");

        Assert.Equal((0, 0, 4), (failed.ExitCode, kept.ExitCode, unknown.ExitCode));
        Assert.Contains("error: ", failed.Output.Split('\n')[^2], StringComparison.Ordinal);
        Assert.Contains("its log cannot be had", unknown.Errors, StringComparison.Ordinal);

        await _folder.EndsAsync(0, "report", "logged", "--output", "page.html");
        var page = await File.ReadAllTextAsync(_folder.File("page.html"));
        Assert.Contains("the procedure starts", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_a_log_says_why()
    {
        await using var service = await StartAsync();
        Write(service.Address, address => $"{{ url: \"{address}\", name: sleep }}");
        await _folder.EndsAsync(1, "run", "logged.yaml");

        var local = await _folder.RunAsync("logs", "logged", "1");
        var none = await _folder.RunAsync("logs", "logged", "n=7");
        var tail = await _folder.RunAsync("logs", "logged", "1", "--tail", "0");

        Assert.Equal((2, 2, 2), (local.ExitCode, none.ExitCode, tail.ExitCode));
        Assert.Contains("localhost keeps no logs", local.Errors, StringComparison.Ordinal);
        Assert.Contains("\"n=7\"", none.Errors, StringComparison.Ordinal);
        Assert.Contains("--tail", tail.Errors, StringComparison.Ordinal);
    }

    private static Task<Emulator.TaskServiceEmulator> StartAsync() =>
        Emulator.TaskServiceEmulator.StartAsync(
            new EmulatorOptions { Parallel = 2, ApiKey = Key },
            TimeProvider.System
        );

    /// <summary>Four runs, the first of which fails in its model.</summary>
    private void Write(Uri address, Func<Uri, string>? service = null)
    {
        _folder.Environment["AIMMS_API_KEY"] = Key;
        var cloud = $$$"""{ url: "{{{address}}}", app: Log App, name: sleep, apiKey: "${{ env.AIMMS_API_KEY }}" }""";
        _folder.Write(
            "logged.yaml",
            $$$"""
            name: logged
            service: {{{service?.Invoke(address) ?? cloud}}}
            sweep: { matrix: { n: { from: 1, to: 4, step: 1 } } }
            request: { json: { n: "${{ n }}", seconds: "${{ n === 1 ? 'long' : 0.01 }}" } }
            retry: { attempts: 1 }
            results: { slept: response.slept }
            """
        );
    }
}

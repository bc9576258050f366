using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using AimmsOrchestrator.Tests.Testing.Machine;

namespace AimmsOrchestrator.EndToEnd.Tests.Services;

/// <summary>A service that leads elsewhere, sends half an answer, or fails with a document.</summary>
public sealed class MisdirectionTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Theory]
    [InlineData(true, "302 Found: redirected to https://sign-in.example/authorize?app=aimms")]
    [InlineData(false, "a sign-in page instead of a task with an id: \"Sign in to Example\"")]
    public async Task A_batch_that_is_led_elsewhere_ends_with_the_reason_and_continues_later(
        bool redirects,
        string line
    )
    {
        int port;
        await using (
            var gateway = await StartAsync(
                new FaultOptions { Redirect = redirects ? 1 : 0, SignInPage = redirects ? 0 : 1 },
                FreePorts.Next()
            )
        )
        {
            port = gateway.Address.Port;
            Write(gateway.Address);
            var first = await _folder.RunAsync("run", "led.yaml");
            Assert.Equal(4, first.ExitCode);
            Assert.Contains(line, first.Errors, StringComparison.Ordinal);

            // What lost its way is not settled by a list that lost its own.
            var second = await _folder.RunAsync("resume");
            Assert.Equal(4, second.ExitCode);
            Assert.DoesNotContain("ambiguous", second.Errors, StringComparison.Ordinal);
            Assert.Empty(gateway.Traffic.Taken);
        }

        await using var service = await StartAsync(new FaultOptions(), port);
        Assert.Equal(0, (await _folder.RunAsync("resume")).ExitCode);
        Assert.Equal(
            ["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"],
            service.Traffic.Taken.Select(task => Encoding.UTF8.GetString(task.Body.Span)).Order()
        );
    }

    [Fact]
    public async Task Half_a_response_is_never_a_result()
    {
        await using var service = await StartAsync(new FaultOptions { PartialResponse = 0.6 });
        Write(service.Address);

        Assert.Equal(0, (await _folder.RunAsync("run", "led.yaml")).ExitCode);
        var report = await _folder.RunAsync("report", "--format", "jsonl");
        Assert.Equal([1, 2, 3], report.OutputLines.Select(line => Results(line).GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task What_a_failed_task_wrote_is_in_the_reports_and_survives_a_kill_in_between()
    {
        await using var service = await StartAsync(new FaultOptions { FailWithDocument = 1 });
        Write(service.Address, "results: { status: response.status, why: response.message }");
        _folder.HaltAt = "after:task-failed:1";
        using (var program = _folder.Start("run", "led.yaml"))
        {
            await Waiting.UntilAsync(() => File.Exists(_folder.File(".aimms-batch/halted")));
            program.Kill();
            await program.WaitForExitAsync();
        }

        _folder.HaltAt = null;
        Assert.Equal(1, (await _folder.RunAsync("resume")).ExitCode);
        Assert.Equal(3, service.Traffic.Taken.Count);
        var report = await _folder.RunAsync("report", "--format", "jsonl");
        Assert.All(
            report.OutputLines,
            line =>
            {
                Assert.Equal("error", Results(line).GetProperty("status").GetString());
                Assert.Contains("the procedure raised an error", line, StringComparison.Ordinal);
            }
        );
        var response = await _folder.RunAsync("response", "led", "2");
        Assert.Equal("""{"status":"error","message":"set Cities is empty"}""", response.Output);
    }

    public void Dispose() => _folder.Dispose();

    private static JsonElement Results(string line) => JsonDocument.Parse(line).RootElement.GetProperty("results");

    private static Task<TaskServiceEmulator> StartAsync(FaultOptions faults, int port = 0) =>
        TaskServiceEmulator.StartAsync(
            new EmulatorOptions
            {
                Port = port,
                Faults = faults,
                Parallel = 2,
                Seed = 5,
            },
            TimeProvider.System
        );

    private void Write(Uri address, string results = "results: { n: response.n }") =>
        _folder.Write(
            "led.yaml",
            $$$"""
            name: led
            service: { url: "{{{address}}}", name: echo }
            sweep: { matrix: { n: [1, 2, 3] } }
            request: { json: { n: "${{ n }}" } }
            limits: { concurrency: 1 }
            poll: { every: 20ms }
            retry: { first: 20ms, max: 50ms, settle: 1s }
            {{{results}}}
            """
        );
}

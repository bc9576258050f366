using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>The program is killed (SIGKILL) before and after every kind of write to its journal, and a second one goes on.</summary>
public abstract class CrashPointTests : IDisposable
{
    private const int Runs = 24;
    private const int Concurrency = 4;

    private readonly string _side;
    private readonly ProgramFolder _folder = new();

    private protected CrashPointTests(string side) => _side = side;

    [Theory]
    [InlineData("batch-opened", 1)]
    [InlineData("submit-intended", 5)]
    [InlineData("submitted", 5)]
    [InlineData("submit-failed", 1)]
    [InlineData("submit-unconfirmed", 1)]
    [InlineData("submit-settled", 1)]
    [InlineData("task-seen", 3)]
    [InlineData("task-interrupted", 1)]
    [InlineData("task-completed", 3)]
    [InlineData("task-failed", 2)]
    [InlineData("run-completed", 3)]
    [InlineData("task-deleted", 2)]
    [InlineData("batch-ended", 1)]
    public async Task Nothing_is_lost_and_nothing_sent_twice(string kind, int number)
    {
        var faults = new FaultOptions
        {
            TooManyRequests = kind == "submit-failed" ? 0.3 : 0,
            RetryAfterSeconds = 0,
            FailWithDocument = kind == "task-failed" ? 0.3 : 0,
            CutAfterTaken = kind is "submit-unconfirmed" or "submit-settled" ? 0.3 : 0,
        };
        var options = new EmulatorOptions
        {
            Parallel = 2,
            Faults = faults,
            Seed = 11,
        };
        await using var service = await TaskServiceEmulator.StartAsync(options, TimeProvider.System);

        // A task that only the limit on a solve ends: a poll finds it running, and one falls behind that limit, on any
        // machine.
        var seconds = kind is "task-seen" or "task-interrupted" ? "3600" : "0.05";
        Write(service.Address, seconds);
        _folder.HaltAt = $"{_side}:{kind}:{number}";
        using (var program = _folder.Start("run", "crash.yaml"))
        {
            await Waiting.UntilAsync(() => File.Exists(_folder.File(".aimms-batch/halted")));
            program.Kill();
            await program.WaitForExitAsync();
        }

        _folder.HaltAt = null;
        string[] goOn = kind == "batch-opened" ? ["run", "crash.yaml", "--json"] : ["resume", "--json"];
        var again = await _folder.RunAsync(goOn);

        var summary = JsonDocument.Parse(again.Output).RootElement;
        var failed = kind == "task-failed" ? summary.GetProperty("failed").GetInt32() : 0;
        Assert.Equal((kind == "task-failed", failed > 0 ? 1 : 0), (failed > 0, again.ExitCode));
        Assert.Equal(Runs - failed, summary.GetProperty("completed").GetInt32());
        Assert.Equal(
            Enumerable.Range(1, Runs).Select(n => $$"""{"label":{{n}},"seconds":{{seconds}}}""").Order(),
            service.Traffic.Taken.Select(task => Encoding.UTF8.GetString(task.Body.Span)).Order()
        );
        Assert.InRange(service.Traffic.MostUnfinished, 1, Concurrency);
        var report = await _folder.RunAsync("report", "--format", "jsonl");
        var answers = report.OutputLines.Select(Answer).ToList();
        Assert.Equal(failed, answers.Count(answer => answer is null));
        Assert.All(answers.Index(), at => Assert.True(at.Item is null || at.Item == at.Index + 1));
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Which question a run's result answers; null for a failed run.</summary>
    private static int? Answer(string line)
    {
        var run = JsonDocument.Parse(line).RootElement;
        return run.GetProperty("state").GetString() == "failed"
            ? null
            : run.GetProperty("results").GetProperty("n").GetInt32();
    }

    private void Write(Uri address, string seconds) =>
        _folder.Write(
            "crash.yaml",
            $$$"""
            name: crash
            service: { url: "{{{address}}}", name: sleep }
            sweep: { matrix: { n: { from: 1, to: {{{Runs}}}, step: 1 } } }
            request: { json: { label: "${{ n }}", seconds: {{{seconds}}} } }
            limits: { concurrency: {{{Concurrency}}} }
            poll: { every: 10ms }
            retry: { attempts: 6, first: 20ms, max: 200ms, settle: 1s }
            timeouts: { solve: 40ms }
            cleanup: delete
            results: { n: response.label }
            """
        );
}

public sealed class BeforeTests() : CrashPointTests("before");

public sealed class AfterTests() : CrashPointTests("after");

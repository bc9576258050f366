using System.Diagnostics;
using System.Globalization;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Outputs;

/// <summary>
/// Batches that were left before their end: stopped-1 (a stop rule; finished later), refused-1 (no
/// listener), sleepers-1 (interrupted, killed, cancelled). And lost-1, which ended with marks: each answer to a submit was
/// lost, each solve interrupted.
/// </summary>
public sealed class LeftBatches : BatchesFixture
{
    private const string News = """
        notify:
          - { run: "cat > news.json", on: [completed, failed, stopped, interrupted] }
        """;

    /// <summary>The second run waits an hour for its submit: it has not begun, however late the stop rule is asked.</summary>
    private const string Stopped = $$$"""
        name: stopped
        service: { url: emulator, name: echo }
        sweep: { matrix: { x: [7] }, when: x != 0 }
        request: { json: { y: "${{ x }}" } }
        limits: { concurrency: 1, submits: 1/h }
        poll: { every: 20ms }
        success: response.y !== 1
        results: { y: response.y }
        stop: { when: failed == 1 && completed == 0 }
        expect: [{ that: y > 0 }, { that: y < 2 }]
        {{{News}}}
        """;

    private const string Refused = $$$"""
        name: refused
        service: { url: "http://127.0.0.1:9", name: echo }
        request: { json: { y: 1 } }
        {{{News}}}
        """;

    public override async Task InitializeAsync()
    {
        await StopAsync();
        Folder.Write("refused.yaml", Refused);
        await KeepAsync("run-refused-1.json", 4, "run refused.yaml --json");
        KeepFile("news-refused-1.json", "news.json");
        await LoseAnswersAsync();
        await InterruptAsync();
    }

    private async Task StopAsync()
    {
        Folder.Write("stopped.yaml", Stopped);
        var command = "run stopped.yaml --set x=[1,2,3,4] --limit 2 --json --junit junit.xml";
        await KeepAsync("run-stopped-1.json", 3, command);
        KeepFile("junit-stopped-1.xml", "junit.xml");
        KeepFile("news-stopped-1.json", "news.json");
        await KeepAsync("status-stopped-1.json", 0, "status stopped --json");
        await KeepAsync("report-stopped-1.jsonl", 0, "report stopped --format jsonl");
        await KeepAsync("resume-stopped-1.json", 1, "resume stopped --json");
        KeepFile("news-resume-stopped-1.json", "news.json");
    }

    private async Task LoseAnswersAsync()
    {
        var faults = new FaultOptions { CutAfterTaken = 1 };
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Faults = faults, Parallel = 2 });
        Folder.Write(
            "lost.yaml",
            $$$"""
            name: lost
            service: { url: "{{{service.Address}}}", name: sleep }
            sweep: { matrix: { x: [1, 2] } }
            request: { json: { label: "${{ x }}", seconds: 600 } }
            results: { label: response.label }
            poll: { every: 20ms }
            timeouts: { solve: 50ms }
            """
        );
        await KeepAsync("run-lost-1.json", 0, "run lost.yaml --json");
        await KeepAsync("report-lost-1.jsonl", 0, "report lost --format jsonl");
    }

    private async Task InterruptAsync()
    {
        // Both tasks run: which of them is submitted first, and would run alone, is chance.
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 2 });
        Folder.WriteSleepers(service.Address, runs: 3, seconds: 600, concurrency: 2);
        using (var run = Folder.Start("run", "sleepers.yaml", "--json"))
        {
            await Waiting.UntilAsync(() => service.Traffic.Taken.Count == 2);
            await SeenSolvingAsync();
            await KeepAsync("status-running.json", 0, "status sleepers --json");
            var id = run.Id.ToString(CultureInfo.InvariantCulture);
            using var kill = Process.Start("kill", ["-INT", id]);
            Keep("run-interrupted.json", (await ProgramFolder.EndOfAsync(run)).Output);
        }

        await KeepAsync("status-interrupted.json", 0, "status sleepers --json");
        using (var resume = Folder.Start("resume", "sleepers"))
        {
            await SeenOftenAsync(service);
            resume.Kill();
            await resume.WaitForExitAsync();
        }

        await KeepAsync("status-left.json", 0, "status sleepers --json");
        await KeepAsync("cancel.txt", 0, "cancel sleepers");
    }

    /// <summary>Until the journal has both tasks as solving.</summary>
    private Task SeenSolvingAsync() =>
        Waiting.UntilAsync(async () =>
            (await AskAsync("status sleepers --json")).Output.Contains("\"solving\": 2", StringComparison.Ordinal)
        );

    /// <summary>Until the program has looked at each task again and again, and so knows where it stands.</summary>
    private static Task SeenOftenAsync(TaskServiceEmulator service)
    {
        var wanted = service.Traffic.Requests + 20;
        return Waiting.UntilAsync(() => service.Traffic.Requests >= wanted);
    }
}

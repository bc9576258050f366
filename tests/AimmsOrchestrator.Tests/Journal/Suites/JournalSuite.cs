using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>What the suites of all ports write.</summary>
public abstract class JournalSuite(IJournalAdapter adapter) : IAsyncLifetime
{
    private readonly Dictionary<(long Batch, long Run), Run> _runs = [];

    protected static DateTimeOffset At { get; } = new(2026, 11, 24, 18, 0, 0, 123, TimeSpan.Zero);
    protected static TaskId Task { get; } = new("7b1f0c52");

    protected static TaskSnapshot Ended { get; } =
        new(Task, TaskState.Completed)
        {
            StateText = "completed",
            AppName = "Plänt",
            AppVersion = "3.2",
            ServiceName = "solvePlan",
            CreatedAt = At,
            AssignedAt = At.AddSeconds(1),
            RunningAt = At.AddSeconds(2),
            EndedAt = At.AddSeconds(3),
            QueueTime = TimeSpan.FromSeconds(2),
            RunTime = TimeSpan.FromSeconds(1.25),
            ReturnCode = 1,
            ErrorMessage = "none, really",
        };

    protected static ServiceFault Fault { get; } =
        new(FaultKind.Overloaded, "429 Too Many Requests")
        {
            HttpStatus = 429,
            ErrorCode = 30001,
            ErrorId = "4a0c",
            RetryAfter = TimeSpan.FromSeconds(7),
            MayHaveArrived = true,
        };

    /// <summary>What the scenario of every batch here states.</summary>
    protected static BatchDesign Design { get; } =
        new()
        {
            Form = DesignForm.OneAtATime,
            Parameters = ["x"],
            Sampled = ["x"],
            BasePoint = new Dictionary<string, JsonElement> { ["x"] = JsonElement.Parse("1.0") },
            Replicates = ["draw"],
            Derived = ["total"],
            Baseline = new Dictionary<string, JsonElement> { ["x"] = JsonElement.Parse("\"ü\"") },
        };

    protected IJournalWriter Writer => adapter.Writer;

    protected IRunHistory History => adapter.History;

    public Task InitializeAsync() => System.Threading.Tasks.Task.CompletedTask;

    public virtual Task DisposeAsync() => adapter.CloseAsync();

    public static NewBatch SomeBatch(string scenario) =>
        new()
        {
            Scenario = scenario,
            Fingerprint = "f",
            Source = "name: a # ü",
            SourceFile = "a.yaml",
            Attachments = new Dictionary<string, ReadOnlyMemory<byte>>
            {
                ["base.json"] = new byte[] { 1, 0, 2 },
                ["empty.txt"] = ReadOnlyMemory<byte>.Empty,
            },
            OverridesJson = """{"limit":3}""",
            RunCount = 10,
            ServiceAddress = "emulator",
            ParameterNames = ["x"],
            ResultNames = ["cost"],
            Design = Design,
            At = At,
        };

    protected async Task<BatchRecord> OpenAsync(string scenario = "a") =>
        await Writer.OpenBatchAsync(SomeBatch(scenario));

    /// <summary>The entries of a run's next events, folded as the run's actor does.</summary>
    protected RunEventEntry[] Entries(BatchRecord batch, long run, params RunEvent[] events) =>
        [.. events.Select(happened => Next(batch.Number, run, happened))];

    protected async Task AppendAsync(BatchRecord batch, long run, params RunEvent[] events) =>
        Assert.All(
            await Writer.AppendAsync(Entries(batch, run, events)),
            outcome => Assert.Equal(AppendOutcome.Appended, outcome)
        );

    /// <summary>A run that was submitted and completed.</summary>
    protected Task CompleteAsync(BatchRecord batch, long run, RunCompleted completed) =>
        AppendAsync(
            batch,
            run,
            new SubmitIntended(1, At),
            new Submitted(1, Task, At),
            new TaskCompleted(Ended, At),
            completed
        );

    protected Task CompleteAsync(BatchRecord batch, long run, string response) =>
        CompleteAsync(
            batch,
            run,
            new RunCompleted(
                new TaskResponse(System.Text.Encoding.UTF8.GetBytes(response), "text/plain"),
                RunResults.None,
                At.AddSeconds(5)
            )
        );

    /// <summary>The entry of a run's next event, which is folded only once it is kept.</summary>
    protected RunEventEntry Attempt(BatchRecord batch, long run, RunEvent happened)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var before = _runs.GetValueOrDefault((batch.Number, run), Run.New);
        return RunEventEntry.Next(batch.Number, FakeRuns.Run(run), before, happened);
    }

    /// <summary>The entry is on disk.</summary>
    protected void Keep(RunEventEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _runs[(entry.Batch, entry.Planned.Index)] = entry.After;
    }

    private RunEventEntry Next(long batch, long run, RunEvent happened)
    {
        var before = _runs.GetValueOrDefault((batch, run), Run.New);
        var entry = RunEventEntry.Next(batch, FakeRuns.Run(run), before, happened);
        _runs[(batch, run)] = entry.After;
        return entry;
    }
}

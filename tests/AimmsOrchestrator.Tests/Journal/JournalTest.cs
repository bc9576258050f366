using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>A workspace of its own, open for writing and for reading.</summary>
public abstract class JournalTest : IDisposable
{
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

    protected JournalTest()
    {
        JournalFolder = Workspace.OpenOrCreate(Folder);
        Writer = JournalFolder.OpenWriter();
        Reader = JournalFolder.OpenReader();
    }

    protected string Folder { get; } = Directory.CreateTempSubdirectory("journal-").FullName;

    protected Workspace JournalFolder { get; }

    protected SqliteJournalWriter Writer { get; }

    protected SqliteJournalReader Reader { get; }

    protected string Database => Path.Combine(Folder, "batches.db");

    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What the scenario of every batch here states.</summary>
    protected static BatchDesign Design { get; } =
        new()
        {
            Form = DesignForm.OneAtATime,
            Parameters = ["x"],
            BasePoint = new Dictionary<string, JsonElement> { ["x"] = JsonElement.Parse("1.0") },
            Replicates = ["draw"],
            Derived = ["total"],
            Baseline = new Dictionary<string, JsonElement> { ["x"] = JsonElement.Parse("\"ü\"") },
        };

    protected BatchRecord Open(string scenario = "a") =>
        Writer.OpenBatch(
            new NewBatch
            {
                Scenario = scenario,
                Fingerprint = "f",
                Source = "name: a # ü",
                SourceFile = "a.yaml",
                Attachments = new Dictionary<string, ReadOnlyMemory<byte>> { ["base.json"] = new byte[] { 1, 0, 2 } },
                OverridesJson = """{"limit":3}""",
                RunCount = 10,
                ServiceAddress = "emulator",
                ParameterNames = ["x"],
                ResultNames = ["cost"],
                Design = Design,
                At = At,
            }
        );

    protected void Keep(BatchRecord batch, long run, params RunEvent[] events) =>
        Writer.Commit([.. events.Select(e => new RunEventEntry(batch.Number, FakeRuns.Run(run), e))]);
}

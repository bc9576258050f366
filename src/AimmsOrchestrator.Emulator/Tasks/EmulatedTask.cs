using AimmsOrchestrator.Emulator.Models;

namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>Where an emulated task stands.</summary>
internal enum TaskStage
{
    Queued,
    Assigned,
    Running,
    Completed,
    Failed,
}

/// <summary>One task of the emulated service. Its fields change under the queue's lock only, and are read without it.</summary>
internal sealed class EmulatedTask(
    string id,
    string app,
    string version,
    string service,
    ModelCall call,
    DateTimeOffset createdAt
)
{
    public string Id { get; } = id;

    public string App { get; } = app;

    public string Version { get; } = version;

    public string Service { get; } = service;

    public ModelCall Call { get; } = call;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public TaskStage Stage { get; set; }

    public DateTimeOffset? AssignedAt { get; set; }

    public DateTimeOffset? RunningAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public int? ReturnCode { get; set; }

    public string? ErrorMessage { get; set; }

    public ModelAnswer? Answer { get; set; }

    /// <summary>What was done to it: <c>interrupt-solve</c>, <c>interrupt-execution</c>; null before.</summary>
    public string? SetStatus { get; set; }

    /// <summary>Whether a fault keeps it in the queue for good.</summary>
    public bool IsStuck { get; init; }

    /// <summary>Whether a fault makes it fail without having run.</summary>
    public bool FailsAtOnce { get; init; }

    /// <summary>Whether a fault makes the service forget it once it was asked about it.</summary>
    public bool IsForgetful { get; init; }

    /// <summary>Whether it was asked about.</summary>
    public bool WasSeen { get; set; }

    public bool IsEnded => Stage is TaskStage.Completed or TaskStage.Failed;

    /// <summary>The state in version 2's word.</summary>
    public string State =>
        Stage switch
        {
            TaskStage.Queued => "queued",
            TaskStage.Assigned => "assigned",
            TaskStage.Running => Call.IsSolving ? "solving" : "running",
            TaskStage.Completed => "completed",
            _ => "failed",
        };

    /// <summary>The state in version 1's word.</summary>
    public string StatusV1 =>
        Stage switch
        {
            TaskStage.Queued => "queued",
            TaskStage.Assigned => "starting",
            TaskStage.Running => Call.IsSolving ? "solving" : "executing",
            TaskStage.Completed => SetStatus is null ? "finished" : "interrupted",
            _ => "finished with errors",
        };
}

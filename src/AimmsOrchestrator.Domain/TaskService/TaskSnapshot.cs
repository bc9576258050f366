using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>What the service says of one task at one moment. All times are UTC, whole seconds on the cloud.</summary>
/// <param name="Id">The task.</param>
/// <param name="State">Where it stands.</param>
public sealed record TaskSnapshot(TaskId Id, TaskState State)
{
    /// <summary>The service's own word for the state, as it was sent; empty where it sent none.</summary>
    public string StateText { get; init; } = "";

    /// <summary>The published app; <c>unnamed</c> on localhost, null where the service leaves it out.</summary>
    public string? AppName { get; init; }

    /// <summary>The published version; <c>0.0</c> on localhost, null where the service leaves it out.</summary>
    public string? AppVersion { get; init; }

    /// <summary>The service name, as the model's <c>dex::ServiceName</c> annotation gives it.</summary>
    public string? ServiceName { get; init; }

    /// <summary>When the service accepted the task (version 1 calls this <c>starttime</c>).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When a session was chosen for it.</summary>
    public DateTimeOffset? AssignedAt { get; init; }

    /// <summary>When the procedure started.</summary>
    public DateTimeOffset? RunningAt { get; init; }

    /// <summary>When it reached an end.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Created to running; the age so far while it waits. Never compare for equality: the service's floats carry noise.</summary>
    public TimeSpan? QueueTime { get; init; }

    /// <summary>Running to ended; null before it runs.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>The model procedure's own return value; 1 is success by convention, 0 a raised error; null before the end.</summary>
    public int? ReturnCode { get; init; }

    /// <summary>
    /// In the answer to an interrupt: <c>interrupt-solve</c> or <c>interrupt-execution</c> where that was taken up,
    /// <c>interrupt-processed</c> where it was "already processed", perhaps by an earlier one; null elsewhere, and where the
    /// service does not say.
    /// </summary>
    public string? SetStatus { get; init; }

    /// <summary>
    /// The session that runs or ran it, by which its log is found in the portal; null where the service does not say. The
    /// cloud has told it since PRO 25.2.1; the member's name is not published, and <c>sessionId</c> is taken for it.
    /// </summary>
    public string? SessionId { get; init; }

    /// <summary>Whose key submitted it; null where the service does not say. The cloud has told it since April 2025.</summary>
    public string? UserName { get; init; }

    /// <summary>Why it failed, in the service's words.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>
    /// Whether it tells how an ended task ended. A list may tell less of a task than the task itself does, and the scenario may
    /// ask for the rest.
    /// </summary>
    public bool TellsItsEnd => ReturnCode is not null || (State == TaskState.Failed && ErrorMessage is not null);
}

/// <summary>How long a task took, as the service says.</summary>
/// <param name="Queue">In the service's queue.</param>
/// <param name="Run">From start to end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TaskTimes(TimeSpan Queue, TimeSpan Run);

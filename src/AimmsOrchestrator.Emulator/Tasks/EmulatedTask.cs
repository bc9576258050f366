using AimmsOrchestrator.Emulator.Models;

namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>The stage of an emulated task.</summary>
internal enum TaskStage
{
    Queued,
    Assigned,
    Running,
    Completed,
    Failed,
}

/// <summary>How a task repeats.</summary>
/// <param name="Interval">From one planned start to the next.</param>
/// <param name="Text">The interval as it was sent.</param>
/// <param name="Body">The request, which a task that has ended has released.</param>
internal sealed record Recurrence(TimeSpan Interval, string Text, byte[] Body);

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

    public TaskStage Stage
    {
        get;
        set
        {
            field = value;
            Changed?.Invoke(this);
        }
    }

    /// <summary>Called at each change of the state; returns at once.</summary>
    public Action<EmulatedTask>? Changed { get; set; }

    /// <summary>The address that is called at each change of the state; null for none.</summary>
    public StateHook? Hook { get; init; }

    /// <summary>The calls so far, as one task that ends with the last of them.</summary>
    public Task? HookCalls { get; set; }

    /// <summary>The moment before which it does not start; null for at once.</summary>
    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>How it repeats; null where it does not.</summary>
    public Recurrence? Recurrence { get; init; }

    /// <summary>Its number in the series of tasks that share its id, from 0; null where it does not repeat.</summary>
    public int? GroupIndex { get; init; }

    public DateTimeOffset? AssignedAt { get; set; }

    /// <summary>The session that runs it; null until one does.</summary>
    public string? SessionId { get; set; }

    public DateTimeOffset? RunningAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public int? ReturnCode { get; set; }

    public string? ErrorMessage { get; set; }

    public ModelOutput? Output { get; set; }

    /// <summary>Its interrupt, <c>interrupt-solve</c> or <c>interrupt-execution</c>; null without one.</summary>
    public string? SetStatus { get; set; }

    /// <summary>Whether a fault keeps it in the queue for ever.</summary>
    public bool IsStuck { get; init; }

    /// <summary>Whether a fault makes it fail without running.</summary>
    public bool FailsAtOnce { get; init; }

    /// <summary>Whether a fault makes it fail, having written an error document as its response.</summary>
    public bool FailsWithDocument { get; init; }

    /// <summary>Whether a fault makes the service forget it after the first poll.</summary>
    public bool IsForgetful { get; init; }

    /// <summary>Whether its response was fetched.</summary>
    public bool WasFetched { get; set; }

    /// <summary>Whether it was polled.</summary>
    public bool WasSeen { get; set; }

    public bool IsEnded => Stage is TaskStage.Completed or TaskStage.Failed;

    /// <summary>The next task of its series, planned an interval after this one was, and not in the past; null where it does not repeat.</summary>
    public EmulatedTask? Next(DateTimeOffset now)
    {
        if (Recurrence is not { } recurrence)
        {
            return null;
        }

        var planned = StartsAt ?? CreatedAt;
        var passed = Math.Max(0, Math.Floor((now - planned) / recurrence.Interval));
        return new EmulatedTask(
            Id,
            App,
            Version,
            Service,
            new ModelCall(recurrence.Body, Call.MediaType, Call.Time),
            now
        )
        {
            Hook = Hook,
            Recurrence = recurrence,
            GroupIndex = GroupIndex + 1,
            StartsAt = planned + ((passed + 1) * recurrence.Interval),
        };
    }

    /// <summary>The state as version 2 writes it.</summary>
    public string State =>
        Stage switch
        {
            TaskStage.Queued => "queued",
            TaskStage.Assigned => "assigned",
            TaskStage.Running => Call.IsSolving ? "solving" : "running",
            TaskStage.Completed => "completed",
            _ => "failed",
        };

    /// <summary>The state as version 1 writes it.</summary>
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

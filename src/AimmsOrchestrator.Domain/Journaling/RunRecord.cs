using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>One run as the journal has it now.</summary>
public sealed record RunRecord
{
    /// <summary>Its place in the batch, from 0.</summary>
    public required long Index { get; init; }

    public RunKey? Key { get; init; }

    public required string Name { get; init; }

    /// <summary>A JSON object of the parameters by name.</summary>
    public required string ParametersJson { get; init; }

    public required RunPhase Phase { get; init; }

    /// <summary>The task's last known state; null before the service has it.</summary>
    public TaskState? TaskState { get; init; }

    /// <summary>A JSON object of the results by name; null before there are any.</summary>
    public string? ResultsJson { get; init; }

    /// <summary>Why cells of the results are empty.</summary>
    public string? Notes { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public RunError? Error { get; init; }

    public TaskId? TaskId { get; init; }

    /// <summary>Created to running at the service.</summary>
    public TimeSpan? QueueTime { get; init; }

    /// <summary>Running to ended at the service.</summary>
    public TimeSpan? RunTime { get; init; }

    public int? ReturnCode { get; init; }

    /// <summary>The session that ran its task; null where the service does not say.</summary>
    public string? SessionId { get; init; }

    /// <summary>Whose key submitted its task; null where the service does not say.</summary>
    public string? UserName { get; init; }

    /// <summary>Submits so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>What became of a submit whose answer was lost; null where none was.</summary>
    public SettlementVerdict? Settled { get; init; }

    /// <summary>Whether its result is the best solution that the solver had when it was interrupted.</summary>
    public bool IsIncumbent { get; init; }

    /// <summary>For how long that solver was let run; null for any other run, and where that is not known.</summary>
    public TimeSpan? CutAfter { get; init; }

    /// <summary>The run whose response it copied, as <c>batch#run</c>; null where it has its own or none.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>False where the scenario keeps only the results of its response.</summary>
    public bool IsResponseKept { get; init; } = true;

    /// <summary>When the first submit was intended (or the run failed before one).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the latest submit was intended; null before one.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public RunState State => Phase.ToState(TaskState ?? TaskService.TaskState.Queued);

    /// <summary>The word for that, for people: with <c>(incumbent)</c> where its result is one.</summary>
    public string StateText => IsIncumbent ? $"{State.Word()} (incumbent)" : State.Word();
}

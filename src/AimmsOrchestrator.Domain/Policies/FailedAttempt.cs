using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>An attempt that failed.</summary>
/// <param name="Attempt">Which one, from 1.</param>
/// <param name="Error">Why, in one line.</param>
public sealed record FailedAttempt(int Attempt, string Error)
{
    /// <summary>The HTTP status of the submit's response; null where there was none, or where the submit succeeded.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The task as it ended; null where there was none.</summary>
    public TaskSnapshot? Task { get; init; }

    /// <summary>What the task wrote, such as an error document; null where it wrote nothing.</summary>
    public TaskResponse? Response { get; init; }
}

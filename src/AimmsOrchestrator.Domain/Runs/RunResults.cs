using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>The figures that a scenario takes from one run.</summary>
/// <param name="ValuesJson">
/// A JSON object of the results by name, in the scenario's order; null values for cells that stay empty. A number that
/// is not finite is written as the string <c>"Infinity"</c>, <c>"-Infinity"</c> or <c>"NaN"</c>.
/// </param>
/// <param name="Notes">Why cells are empty, in one line; null where none is.</param>
/// <param name="IsSuccess">Whether the scenario's <c>success</c> holds; true where it has none.</param>
public sealed record RunResults(string ValuesJson, string? Notes, bool IsSuccess)
{
    /// <summary>No figures, no reasons, a success.</summary>
    public static RunResults None { get; } = new("{}", Notes: null, IsSuccess: true);
}

/// <summary>Takes the figures a scenario names from a finished task and its response. Safe for many threads at once.</summary>
public interface IResultReader
{
    /// <summary>Never throws for what a model may have written: what cannot be had leaves its cell empty and says why.</summary>
    /// <param name="run">The run, for its parameters.</param>
    /// <param name="task">The task as it ended.</param>
    /// <param name="response">What it wrote; null where the service has nothing.</param>
    RunResults Read(PlannedRun run, TaskSnapshot task, TaskResponse? response);

    /// <summary>What a run's figures depend on besides the task and its response.</summary>
    ReadingKey ReadingOf(PlannedRun run);
}

using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Results;

/// <summary>The results that a scenario extracts from one run.</summary>
/// <param name="ValuesJson">
/// A JSON object of the results by name, in the scenario's order; null values for cells that stay empty. A number that
/// is not finite is written as the string <c>"Infinity"</c>, <c>"-Infinity"</c> or <c>"NaN"</c>.
/// </param>
/// <param name="Notes">Why cells are empty, and that the response holds the key, in one line; null where there is nothing to say.</param>
/// <param name="IsSuccess">Whether the scenario's <c>success</c> holds; true where it has none.</param>
public sealed record RunResults(string ValuesJson, string? Notes, bool IsSuccess)
{
    /// <summary>Why cells are empty, in one line of at most four times <see cref="ShortText.LongestMessage"/>; null where none is.</summary>
    public string? Notes { get; init; } = Notes is null ? null : ShortText.Cut(Notes, 4 * ShortText.LongestMessage);

    /// <summary>Why the results cannot be extracted, so that the run has failed; null where they can.</summary>
    public string? Failure { get; init; }

    /// <summary>The note of a run whose response holds the key that the service was called with.</summary>
    public const string KeyInResponse = "the response holds the service's key, which results show as ***";

    /// <summary>No results, no notes, a success.</summary>
    public static RunResults None { get; } = new("{}", Notes: null, IsSuccess: true);
}

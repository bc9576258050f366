using System.Text.Json;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>How many runs of a batch failed, by what kept them from their result.</summary>
/// <param name="ByKind">The kinds that have runs.</param>
public sealed record FailureCounts(IReadOnlyDictionary<RunErrorKind, long> ByKind)
{
    /// <summary>No failure.</summary>
    public static FailureCounts None { get; } = new(new Dictionary<RunErrorKind, long>());

    /// <summary>Those whose task completed and is no success: an answer, which the same question gets again.</summary>
    public long NotSuccess => ByKind.GetValueOrDefault(RunErrorKind.NotSuccess);

    /// <summary>Those that <c>retry</c> runs again.</summary>
    public long Retried => ByKind.Values.Sum() - NotSuccess;

    /// <summary>Those that may end otherwise when they are run again: not where the scenario's own expressions fail.</summary>
    public long Changeable => Retried - ByKind.GetValueOrDefault(RunErrorKind.Scenario);

    /// <summary>By the kinds' words, the most frequent first.</summary>
    public IReadOnlyDictionary<string, long> ByWord =>
        ByKind
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key)
            .ToDictionary(pair => pair.Key.Word(), pair => pair.Value, StringComparer.Ordinal);

    /// <summary>What <c>retry</c> runs again, by kind: <c>3 task-failed, 2 forgotten</c>.</summary>
    public string RetriedByKind =>
        string.Join(
            ", ",
            ByWord.Where(pair => pair.Key != RunErrorKind.NotSuccess.Word()).Select(pair => $"{pair.Value} {pair.Key}")
        );
}

/// <summary>The words of <see cref="RunErrorKind"/>.</summary>
public static class RunErrorKinds
{
    /// <summary>The words of all kinds.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [.. Enum.GetValues<RunErrorKind>().Select(kind => kind.Word())];

    /// <summary>The kind of a word.</summary>
    public static RunErrorKind OfWord(string word) => Enum.GetValues<RunErrorKind>().First(kind => kind.Word() == word);

    /// <summary>The word for a kind, as the journal has it: <c>task-failed</c>.</summary>
    public static string Word(this RunErrorKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}

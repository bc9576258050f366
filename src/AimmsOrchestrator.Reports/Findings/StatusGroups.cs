using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>Runs that came to the same.</summary>
/// <param name="Word">What, in one word.</param>
/// <param name="Verb">The same as a predicate.</param>
/// <param name="Rows">The runs.</param>
internal sealed record StatusGroup(string Word, string Verb, IReadOnlyList<int> Rows);

/// <summary>The completed runs by a result that is one of a few words, such as <c>optimal</c> and <c>infeasible</c>.</summary>
internal sealed class StatusGroups
{
    private const int MostWords = 6;
    private const int FewWords = 3;

    public StatusGroups(RunFrame frame)
    {
        Completed = frame.Rows(RunPhase.Completed);
        Failed = frame.Rows(RunPhase.Failed);
        Result = Completed.Length == 0 ? null : frame.Results.FirstOrDefault(IsStatus);
        All = Result is { } status ? Of(status) : [];
    }

    /// <summary>The completed runs.</summary>
    public int[] Completed { get; }

    /// <summary>The failed runs.</summary>
    public int[] Failed { get; }

    /// <summary>The result; null where there is none of this kind.</summary>
    public FrameColumn? Result { get; }

    /// <summary>The largest group first.</summary>
    public IReadOnlyList<StatusGroup> All { get; }

    /// <summary>Whether all of the rows came to something else than most runs.</summary>
    public bool AreUnusual(IEnumerable<int> rows) =>
        All.Count > 1 && Result!.TextCode(All[0].Rows[0]) is var most && rows.All(row => Result.TextCode(row) != most);

    private List<StatusGroup> Of(FrameColumn status) =>
        [
            .. Counts(status)
                .Select((count, code) => (Code: code, Count: count))
                .Where(word => word.Count > 0)
                .OrderByDescending(word => word.Count)
                .Select(word => new StatusGroup(
                    status.Texts[word.Code],
                    $"have {status.Name} {status.Texts[word.Code]}",
                    Array.FindAll(Completed, row => status.TextCode(row) == word.Code)
                )),
        ];

    /// <summary>A result of two or three words, or of a few one of which most runs came to.</summary>
    private bool IsStatus(FrameColumn result)
    {
        if (result.HasNumbers || result.HasOtherTexts || result.Texts.Count is 0 or > MostWords)
        {
            return false;
        }

        var counts = Counts(result);
        var known = counts.Sum();
        return known > result.Texts.Count && (result.Texts.Count <= FewWords || 2 * counts.Max() > known);
    }

    /// <summary>How many completed runs have each text.</summary>
    private int[] Counts(FrameColumn result)
    {
        var counts = new int[result.Texts.Count];
        foreach (var row in Completed)
        {
            if (result.TextCode(row) is var code and >= 0)
            {
                counts[code]++;
            }
        }

        return counts;
    }
}

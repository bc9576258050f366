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
        All.Count > 1 && new HashSet<int>(All[0].Rows) is var most && !rows.Any(most.Contains);

    private List<StatusGroup> Of(FrameColumn status) =>
        [
            .. Completed
                .Where(row => status.Levels.OfRow[row] >= 0)
                .GroupBy(row => status.Levels.OfRow[row])
                .Select(rows => (Word: status.Levels.Label(rows.Key), Rows: rows.ToList()))
                .OrderByDescending(group => group.Rows.Count)
                .Select(group => new StatusGroup(group.Word, $"have {status.Name} {group.Word}", group.Rows)),
        ];

    /// <summary>A result of two or three words, or of a few one of which most runs came to.</summary>
    private bool IsStatus(FrameColumn result)
    {
        if (result.HasNumbers || result.HasOtherTexts || result.Texts.Count is 0 or > MostWords)
        {
            return false;
        }

        var known = Completed.Where(row => result.TextCode(row) >= 0).ToList();
        var largest = known.CountBy(result.TextCode).Select(count => count.Value).DefaultIfEmpty().Max();
        return known.Count > result.Texts.Count && (result.Texts.Count <= FewWords || 2 * largest > known.Count);
    }
}

using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Charts of results that are one of a few words, such as <c>optimal</c> and <c>infeasible</c>.</summary>
internal static class WordCounts
{
    private const int MostWords = 8;
    private const int MostCharts = 3;
    private const int MostCategories = 24;
    private const string Failed = "failed";

    /// <summary>The results that are a few words and no numbers, in the scenario's order.</summary>
    public static IEnumerable<FrameColumn> Candidates(RunFrame frame) =>
        frame.Results.Where(r =>
            !r.HasNumbers && !r.HasOtherTexts && r.Texts.Count is > 0 and <= MostWords && r.Texts.Count < frame.Count
        );

    /// <summary>The charts of each such result that differs between runs: counts over the parameter that tells most about it, and a map over the two parameters of a grid.</summary>
    public static IEnumerable<Chart> Of(RunFrame frame, SweepDesign design, ChartNames names) =>
        Candidates(frame)
            .Where(r => design.Parameters.Count > 0 && r.Texts.Count > 1)
            .Take(MostCharts)
            .SelectMany(r => Of(frame, design, r, names));

    private static IEnumerable<Chart> Of(RunFrame frame, SweepDesign design, FrameColumn result, ChartNames names)
    {
        yield return Draw(frame, result, Telling(result, design), names);
        if (design is { Kind: DesignKind.Grid, Parameters.Count: 2 })
        {
            yield return WordMaps.Draw(frame, result, Axes.ByLength(design.Parameters), names);
        }
    }

    /// <summary>What a run came to; null for one that has not ended.</summary>
    public static string? Word(RunFrame frame, FrameColumn result, int row) =>
        frame.Phases[row] switch
        {
            RunPhase.Failed => Failed,
            RunPhase.Completed when result.Levels.OfRow[row] is var level and >= 0 => Axes.Cut(
                result.Levels.Label(level)
            ),
            RunPhase.Completed => $"no {result.Name}",
            _ => null,
        };

    private static CountChart Draw(RunFrame frame, FrameColumn result, FrameColumn parameter, ChartNames names)
    {
        var classes = Classes.Of(parameter.Levels, MostCategories);
        var counts = new Dictionary<string, long[]>(StringComparer.Ordinal);
        for (var row = 0; row < frame.Count; row++)
        {
            if (classes.OfRow(row) is var at and >= 0 && Word(frame, result, row) is { } word)
            {
                if (!counts.TryGetValue(word, out var series))
                {
                    counts[word] = series = new long[classes.Count];
                }

                series[at]++;
            }
        }

        return new CountChart
        {
            Id = names.Of(result.Name, "by", parameter.Name),
            Title = $"{result.Name} by {parameter.Name}",
            Subject = result.Name,
            Note = classes.AreLevels ? null : "Neighbouring values share a bar.",
            X = Axes.Of(parameter, classes),
            Series = [.. counts.Select(c => new CountSeries(c.Key, c.Value)).OrderByDescending(s => s.Counts.Sum())],
        };
    }

    /// <summary>The parameter of which most runs share a word with the other runs of the same value.</summary>
    private static FrameColumn Telling(FrameColumn result, SweepDesign design) =>
        design.Parameters.MaxBy(parameter =>
        {
            var classes = Classes.Of(parameter.Levels, MostCategories);
            var counts = new long[classes.Count, result.Levels.Count];
            for (var row = 0; row < result.Levels.OfRow.Length; row++)
            {
                if (classes.OfRow(row) is var at and >= 0 && result.Levels.OfRow[row] is var word and >= 0)
                {
                    counts[at, word]++;
                }
            }

            return Enumerable.Range(0, classes.Count).Sum(at => Most(counts, at));
        })!;

    private static long Most(long[,] counts, int at)
    {
        var most = 0L;
        for (var word = 0; word < counts.GetLength(1); word++)
        {
            most = Math.Max(most, counts[at, word]);
        }

        return most;
    }
}

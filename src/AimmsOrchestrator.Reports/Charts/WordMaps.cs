using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Maps of a result that is one of a few words, over the two parameters of a grid.</summary>
internal static class WordMaps
{
    private const int MostCells = 40;
    private const string Several = "several";

    /// <param name="frame">The batch.</param>
    /// <param name="result">The result.</param>
    /// <param name="axes">The parameter across, and the one upwards.</param>
    /// <param name="names">Names the chart.</param>
    public static WordMap Draw(RunFrame frame, FrameColumn result, IReadOnlyList<FrameColumn> axes, ChartNames names)
    {
        var (x, y) = (axes[0], axes[1]);
        var (columns, rows) = (Classes.Of(x.Levels, MostCells), Classes.Of(y.Levels, MostCells));
        var found = new Dictionary<(int X, int Y), string?>();
        var counts = new OrderedDictionary<string, long>(StringComparer.Ordinal);
        for (var row = 0; row < frame.Count; row++)
        {
            if (
                columns.OfRow(row) is var c and >= 0
                && rows.OfRow(row) is var r and >= 0
                && WordCounts.Word(frame, result, row) is { } word
            )
            {
                counts[word] = counts.GetValueOrDefault(word) + 1;
                found[(c, r)] = !found.TryGetValue((c, r), out var other) || other == word ? word : null;
            }
        }

        List<string> words = [.. counts.OrderByDescending(count => count.Value).Select(count => count.Key)];
        return new WordMap
        {
            Id = names.Of(result.Name, "over", x.Name, y.Name),
            Title = $"{result.Name} over {x.Name} and {y.Name}",
            Subject = result.Name,
            Note = columns.AreLevels && rows.AreLevels ? null : "Neighbouring values share a cell.",
            X = Axes.Of(x, columns),
            Y = Axes.Of(y, rows),
            Words = words,
            Cells =
            [
                .. Enumerable
                    .Range(0, rows.Count)
                    .Select(r =>
                        (IReadOnlyList<int?>)
                            [.. Enumerable.Range(0, columns.Count).Select(c => IndexOf(found, c, r, words))]
                    ),
            ],
            Missing =
            [
                .. found
                    .Where(cell => cell.Value is null)
                    .Select(cell => new MissingCell(cell.Key.X, cell.Key.Y, Several)),
            ],
        };
    }

    private static int? IndexOf(Dictionary<(int X, int Y), string?> found, int x, int y, List<string> words) =>
        found.GetValueOrDefault((x, y)) is { } word ? words.IndexOf(word) : null;
}

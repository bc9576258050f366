using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Heat maps of one result over two parameters.</summary>
internal sealed class HeatMaps(ChartSubject subject)
{
    private const int MostCells = 40;
    private const int RunsOfCell = 5;
    private const string NoValue = "no value";

    private readonly FrameColumn? _status = WordCounts.Candidates(subject.Frame).FirstOrDefault();

    /// <summary>The mean per cell of two parameters, by colour.</summary>
    public HeatMap Draw(FrameColumn x, FrameColumn y, bool isFailureShare = false)
    {
        var most = MostClasses(x, y);
        var (columns, rows) = (Classes.Of(x.Levels, most), Classes.Of(y.Levels, most));
        var (cells, isAveraged) = Cells(columns, rows);
        var note =
            columns.AreRanges || rows.AreRanges ? "Neighbouring values share a cell."
            : columns.AreLevels && rows.AreLevels ? null
            : $"Texts after the first {most - 1} share a cell.";
        return new HeatMap
        {
            Id = subject.Names.Of(subject.Name, "over", x.Name, y.Name),
            Title = $"{subject.Name} over {x.Name} and {y.Name}",
            Note = isFailureShare ? note : subject.Averaged(isAveraged, note),
            X = Axes.Of(x, columns),
            Y = Axes.Of(y, rows),
            Value = subject.Name,
            Cells = cells,
            Missing = Missing(columns, rows, cells),
            BaseCell = BaseCell(columns, rows),
            IsFailureShare = isFailureShare,
        };
    }

    private MapCell? BaseCell(Classes columns, Classes rows) =>
        subject.Base is { } start
        && subject.Frame.Indexes.IndexOf(start.Run) is var row and >= 0
        && columns.OfRow(row) is var x and >= 0
        && rows.OfRow(row) is var y and >= 0
            ? new MapCell(x, y)
            : null;

    /// <summary>Random values hardly repeat: then so few cells that most hold several runs.</summary>
    private int MostClasses(FrameColumn x, FrameColumn y) =>
        (long)x.Levels.Count * y.Levels.Count > 4L * subject.Frame.Count
            ? Math.Clamp((int)Math.Sqrt(subject.Frame.Count / (double)RunsOfCell), 4, MostCells)
            : MostCells;

    /// <summary>What the runs of each cell without a value came to: a word that all share, else that they have no value.</summary>
    private List<MissingCell> Missing(Classes columns, Classes rows, double?[][] cells)
    {
        var words = new Dictionary<(int X, int Y), string>();
        for (var row = 0; row < subject.Values.Length; row++)
        {
            if (
                columns.OfRow(row) is var x and >= 0
                && rows.OfRow(row) is var y and >= 0
                && cells[y][x] is null
                && Outcome(row) is { } word
            )
            {
                words[(x, y)] = !words.TryGetValue((x, y), out var other) || other == word ? word : NoValue;
            }
        }

        return [.. words.Select(cell => new MissingCell(cell.Key.X, cell.Key.Y, cell.Value))];
    }

    /// <summary>Null for a run that has not ended.</summary>
    private string? Outcome(int row) =>
        subject.Frame.Phases[row] switch
        {
            RunPhase.Failed => subject.Frame.State(row),
            RunPhase.Completed => _status is not null && _status.Levels.OfRow[row] is var level and >= 0
                ? Axes.Cut(_status.Levels.Label(level))
                : NoValue,
            _ => null,
        };

    private (double?[][] Cells, bool IsAveraged) Cells(Classes columns, Classes rows)
    {
        var cells = Enumerable.Range(0, rows.Count).Select(_ => new double?[columns.Count]).ToArray();
        var counts = new long[rows.Count, columns.Count];
        var isAveraged = false;
        for (var row = 0; row < subject.Values.Length; row++)
        {
            if (
                double.IsNaN(subject.Values[row])
                || columns.OfRow(row) is not (var c and >= 0)
                || rows.OfRow(row) is not (var r and >= 0)
            )
            {
                continue;
            }

            var count = ++counts[r, c];
            var mean = cells[r][c] ?? 0;
            var step = (subject.Values[row] / 2 - mean / 2) / count;
            cells[r][c] = mean + step + step;
            isAveraged |= count > 1;
        }

        return (cells, isAveraged);
    }
}

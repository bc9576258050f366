using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>How far each parameter alone moves one result from the base point.</summary>
internal sealed class Tornados(ChartSubject subject)
{
    /// <summary>Null if no run is at the base point, or none there or elsewhere has the result.</summary>
    public TornadoChart? Draw()
    {
        if (subject.Design.Base is not { } start)
        {
            return null;
        }

        var moved = new int?[subject.Values.Length];
        for (var row = 0; row < moved.Length; row++)
        {
            moved[row] = double.IsNaN(subject.Values[row]) ? null : start.Moved(row);
        }

        var atBase = Means(subject.Design.Parameters[0], moved, -1);
        if (atBase.Count == 0)
        {
            return null;
        }

        var bars = subject.Design.Parameters.Select(Bar).OfType<TornadoBar>().ToList();
        return bars.Count == 0
            ? null
            : new TornadoChart
            {
                Id = subject.Names.Of(subject.Name, "tornado"),
                Title = $"How far each parameter alone moves {subject.Name}",
                Note = subject.Averaged(atBase[0].Count > 1, LeftOut(bars)),
                Value = subject.Name,
                Base = atBase[0].Mean,
                IsWhole = subject.IsWhole,
                Bars = [.. bars.OrderByDescending(b => b.High / 2 - b.Low / 2)],
            };

        TornadoBar? Bar(FrameColumn column, int parameter)
        {
            var means = Means(column, moved, parameter);
            if (means.Count == 0)
            {
                return null;
            }

            List<(double Mean, string At)> ends =
            [
                (atBase[0].Mean, start.Label(parameter)),
                .. means.Select(m => (m.Mean, column.Levels.Label(m.Class))),
            ];
            var (low, high) = (ends.MinBy(e => e.Mean), ends.MaxBy(e => e.Mean));
            return new TornadoBar(column.Name, low.Mean, high.Mean, low.At, high.At);
        }
    }

    /// <summary>The means over the runs that move one parameter: -1 for none.</summary>
    private List<ClassMean> Means(FrameColumn column, int?[] moved, int parameter)
    {
        var here = new double[subject.Values.Length];
        for (var row = 0; row < here.Length; row++)
        {
            here[row] = moved[row] == parameter ? subject.Values[row] : double.NaN;
        }

        return MainEffect.Of(Classes.Of(column.Levels, int.MaxValue), here);
    }

    /// <summary>Names those of which no run has the result: the base alone does not show that they move nothing.</summary>
    private string? LeftOut(List<TornadoBar> bars)
    {
        var names = subject
            .Design.Parameters.Select(p => p.Name)
            .Except(bars.Select(bar => bar.Parameter), StringComparer.Ordinal)
            .ToList();
        return names.Count == 0 ? null : $"No run with a value, and so no bar: {string.Join(", ", names)}.";
    }
}

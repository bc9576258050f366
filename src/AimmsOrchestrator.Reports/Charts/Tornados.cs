using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>How far each parameter alone moves one result from the base point.</summary>
internal sealed class Tornados(ChartSubject subject)
{
    /// <summary>Null if no run is at the base point, or none there has the result.</summary>
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

        var atBase = Means(subject.Design.Parameters[0], -1);
        if (atBase.Count == 0)
        {
            return null;
        }

        var bars = subject.Design.Parameters.Select(Bar);
        return new TornadoChart
        {
            Id = subject.Names.Of(subject.Name, "tornado"),
            Title = $"How far each parameter alone moves {subject.Name}",
            Note = subject.Averaged(atBase[0].Count > 1),
            Value = subject.Name,
            Base = atBase[0].Mean,
            IsWhole = subject.IsWhole,
            Bars = [.. bars.OrderByDescending(b => b.High / 2 - b.Low / 2)],
        };

        TornadoBar Bar(FrameColumn column, int parameter)
        {
            List<(double Mean, string At)> ends =
            [
                (atBase[0].Mean, start.Label(parameter)),
                .. Means(column, parameter).Select(m => (m.Mean, column.Levels.Label(m.Class))),
            ];
            var (low, high) = (ends.MinBy(e => e.Mean), ends.MaxBy(e => e.Mean));
            return new TornadoBar(column.Name, low.Mean, high.Mean, low.At, high.At);
        }

        List<ClassMean> Means(FrameColumn column, int parameter)
        {
            var here = new double[subject.Values.Length];
            for (var row = 0; row < here.Length; row++)
            {
                here[row] = moved[row] == parameter ? subject.Values[row] : double.NaN;
            }

            return MainEffect.Of(Classes.Of(column.Levels, int.MaxValue), here);
        }
    }
}

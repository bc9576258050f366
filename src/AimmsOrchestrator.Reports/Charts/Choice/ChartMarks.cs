using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts.Choice;

/// <summary>What readers compare a result with, drawn into its charts: the base run and the author's thresholds.</summary>
internal static class ChartMarks
{
    /// <param name="chart">A chart of one result.</param>
    /// <param name="start">The base run; null for none.</param>
    /// <param name="thresholds">The result's thresholds.</param>
    public static Chart Add(Chart chart, BaseRun? start, IReadOnlyList<double> thresholds) =>
        WithBase(WithThresholds(chart, thresholds), start);

    private static Chart WithThresholds(Chart chart, IReadOnlyList<double> thresholds) =>
        chart is Histogram histogram && thresholds.Count > 0
            ? histogram with
            {
                Marks = [.. histogram.Marks, .. thresholds.Select(value => new Bar("threshold", value))],
            }
            : chart;

    private static Chart WithBase(Chart chart, BaseRun? start)
    {
        if (start is null || !HasRoom(chart))
        {
            return chart;
        }

        var drawn = chart is Panels panels
            ? panels with
            {
                Charts = [.. panels.Charts.Select(small => small with { BaseRun = start })],
            }
            : chart;
        return drawn with { BaseRun = start, Note = $"{chart.Note} {Mark(chart, start)} {start.Name}.".TrimStart() };
    }

    private static string Mark(Chart chart, BaseRun start) =>
        chart switch
        {
            HeatMap { BaseCell: not null } => "The framed cell has the base run,",
            HeatMap or ParallelCoordinates { BaseRow: null } => "The base run is",
            TornadoChart tornado when tornado.Base.Equals(start.Value) => "The bars begin at the base run,",
            _ => "The dashed line is the base run,",
        };

    /// <summary>Whether it shows the result itself, and not only shares of its variation.</summary>
    private static bool HasRoom(Chart chart) =>
        chart switch
        {
            LineChart or Panels or ScatterChart or Histogram or HeatMap or TornadoChart or ParallelCoordinates => true,
            BarChart bars => !bars.IsShare,
            _ => false,
        };
}

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
        var mark = chart is HeatMap { BaseCell: not null }
            ? "The framed cell has the base run"
            : "The dashed line is the base run";
        return drawn with
        {
            BaseRun = start,
            Note =
                $"{chart.Note} {(chart is HeatMap { BaseCell: null } ? "The base run is" : mark + ",")} {start.Name}.".TrimStart(),
        };
    }

    /// <summary>Whether one of its axes shows the result itself; a tornado has its own base.</summary>
    private static bool HasRoom(Chart chart) =>
        chart switch
        {
            LineChart => ChartArrangement.KindOf(chart) != "convergence",
            Panels => true,
            ScatterChart or Histogram or HeatMap => true,
            BarChart bars => !bars.IsShare,
            _ => false,
        };
}

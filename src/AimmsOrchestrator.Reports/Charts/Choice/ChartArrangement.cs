using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Reports.Charts.Choice;

/// <summary>The charts that an author has chosen, in the chosen order.</summary>
internal static class ChartArrangement
{
    /// <summary>What is left of the charts, and in which order; all of them where nothing was chosen.</summary>
    public static IReadOnlyList<Chart> Of(IReadOnlyList<Chart> charts, IReadOnlyList<ChartChoice>? choices) =>
        choices is null
            ? charts
            :
            [
                .. choices.SelectMany(choice =>
                    charts
                        .Where(chart => IsOf(choice, chart))
                        .Select(chart => (Chart: chart, Place: PlaceOf(choice, chart)))
                        .Where(chosen => chosen.Place >= 0)
                        .OrderBy(chosen => chosen.Place)
                        .Select(chosen => chosen.Chart)
                ),
            ];

    /// <summary>The chosen kinds that the sweep or the result has no chart of, such as <c>cost has no tornado</c>.</summary>
    public static IEnumerable<string> Missing(IReadOnlyList<Chart> charts, IReadOnlyList<ChartChoice>? choices)
    {
        foreach (var choice in choices ?? [])
        {
            var kinds = charts.Where(chart => IsOf(choice, chart)).Select(KindOf).ToHashSet(StringComparer.Ordinal);
            var missing = choice.Kinds.Where(kind => !kinds.Contains(kind)).ToList();
            var has = kinds.Count == 0 ? "nothing to draw" : string.Join(", ", kinds);
            if (missing.Count > 0 || kinds.Count == 0)
            {
                yield return missing.Count == 0
                    ? $"{choice.Subject} has {has}"
                    : $"{choice.Subject} has no {string.Join(", ", missing)} here: it has {has}";
            }
        }
    }

    /// <summary>A chart's kind in the words of scenarios.</summary>
    public static string KindOf(Chart chart) =>
        chart switch
        {
            Panels { Charts: [BarChart, ..] } => "bars",
            Panels panels when panels.Id.Contains("effects", StringComparison.Ordinal) => "effects",
            LineChart line when line.Id.Contains("convergence", StringComparison.Ordinal) => "convergence",
            LineChart or Panels => "lines",
            HeatMap or WordMap => "map",
            TornadoChart => "tornado",
            ScatterChart => "scatter",
            ParallelCoordinates => "parallel",
            BarChart bars when bars.Id.Contains("sensitivity", StringComparison.Ordinal) => "sensitivity",
            BarChart => "bars",
            Histogram => "distribution",
            CountChart => "counts",
            _ => "",
        };

    private static bool IsOf(ChartChoice choice, Chart chart) =>
        choice.Subject switch
        {
            ChartChoice.Failures when chart.Subject == ChartSubject.ShareOfFailures => true,
            ChartChoice.Timeline when chart is TimelineChart => true,
            var subject => chart.Subject == subject,
        };

    private static int PlaceOf(ChartChoice choice, Chart chart) =>
        choice.Kinds.Count == 0 ? 0 : choice.Kinds.ToList().IndexOf(KindOf(chart));
}

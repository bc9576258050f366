using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Picks the pictures that a sweep's design asks for: its first three numeric results, then where runs failed.</summary>
internal static class ChartChooser
{
    private const int MostResults = 3;
    private const int MostPanels = 9;
    private const string FailedShare = "share of runs that failed";

    public static IReadOnlyList<Chart> Choose(
        RunFrame frame,
        SweepDesign design,
        IReadOnlyList<ResultStatistics> results
    )
    {
        var names = new ChartNames();
        var charts = results.Take(MostResults).SelectMany(r => OfResult(frame, design, r, names)).ToList();
        if (charts.Count > 0 && results.Count > MostResults)
        {
            var left = string.Join(", ", results.Skip(MostResults).Select(r => r.Result.Name));
            charts[0] = charts[0] with { Note = $"{charts[0].Note} Without charts of their own: {left}.".TrimStart() };
        }

        return OfFailures(frame, design, names) is { } failures ? [.. charts, failures] : charts;
    }

    private static IEnumerable<Chart> OfResult(
        RunFrame frame,
        SweepDesign design,
        ResultStatistics result,
        ChartNames names
    )
    {
        var values = ResultCharts.Completed(frame, result.Result);
        var response = new ResultCharts(frame, design, result.Result.Name, values, names);
        var sample = new SampleCharts(frame, design, result.Result.Name, values, names);
        return design.Kind switch
        {
            DesignKind.Point => result.Count > 1 ? [sample.Distribution(result.Spread)] : [],
            DesignKind.OneParameter when design.IsRandom =>
            [
                sample.Scatter(design.Parameters[0]),
                sample.Distribution(result.Spread),
            ],
            DesignKind.OneParameter => [response.Response(design.Parameters[0])],
            DesignKind.Grid => OfGrid(design, response),
            DesignKind.LargeGrid => OfLargeGrid(design, response, sample),
            DesignKind.OneAtATime => [response.Tornado() ?? (Chart)sample.MainEffects(design.Parameters)],
            _ => OfSample(result, sample),
        };
    }

    private static IEnumerable<Chart> OfGrid(SweepDesign design, ResultCharts response)
    {
        var (x, y) = ByLength(design.Parameters) is [var longer, var shorter] ? (longer, shorter) : default;
        if (ResultCharts.IsFew(y))
        {
            yield return response.Response(x, y);
        }

        if (!ResultCharts.IsFew(y) || (x.Levels.Count > 2 && y.Levels.Count > 2))
        {
            yield return response.Heat(x, y);
        }
    }

    private static IEnumerable<Chart> OfLargeGrid(SweepDesign design, ResultCharts response, SampleCharts sample)
    {
        if (ByLength(design.Parameters) is [var x, var series, var panel, ..])
        {
            yield return ResultCharts.IsFew(series) && panel.Levels.Count <= MostPanels
                ? response.Small(x, series, panel)
                : response.Heat(x, series);
        }

        if (sample.Ranking() is { Count: > 0 } ranking)
        {
            yield return sample.Sensitivities(ranking);
        }

        yield return sample.Parallel();
    }

    private static IEnumerable<Chart> OfSample(ResultStatistics result, SampleCharts sample)
    {
        if (sample.Ranking() is { Count: > 0 } ranking)
        {
            yield return sample.Sensitivities(ranking);
            yield return sample.MainEffects([.. ranking.Select(r => r.Parameter)]);
            yield return sample.Scatter(ranking[0].Parameter);
            yield return sample.Parallel();
        }

        yield return sample.Distribution(result.Spread);
    }

    /// <summary>The share of failed runs over the one or two parameters that tell most of it; null where none failed, or none completed.</summary>
    private static Chart? OfFailures(RunFrame frame, SweepDesign design, ChartNames names)
    {
        var failed = new double[frame.Count];
        for (var row = 0; row < failed.Length; row++)
        {
            failed[row] = frame.Phases[row] switch
            {
                RunPhase.Failed => 1,
                RunPhase.Completed => 0,
                _ => double.NaN,
            };
        }

        if (!failed.Contains(1) || !failed.Contains(0))
        {
            return null;
        }

        var telling = new SampleCharts(frame, design, FailedShare, failed, names).Ranking();
        var charts = new ResultCharts(frame, design, FailedShare, failed, names);
        return telling switch
        {
            [] => null,
            [var only] => charts.Bars(only.Parameter) with { Note = null },
            [var x, var y, ..] => charts.Heat(x.Parameter, y.Parameter, isFailureShare: true),
        };
    }

    /// <summary>Numbers before texts, the most values first.</summary>
    private static List<FrameColumn> ByLength(IReadOnlyList<FrameColumn> parameters) =>
        [.. parameters.OrderByDescending(p => p.Levels.AreNumbers).ThenByDescending(p => p.Levels.Count)];
}

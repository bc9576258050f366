using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts.Choice;

/// <summary>
/// Chooses the charts that suit a sweep's design: for its first three numeric results that vary, then for results that are a
/// few words, then for failed runs.
/// </summary>
internal static class ChartChooser
{
    private const int MostResults = 3;
    private const int MostPanels = 9;
    private const int MostShares = 15;

    /// <summary>Failures that one parameter explains at least so well, and no other more than that, are drawn over it alone.</summary>
    private const double Telling = 0.25;

    private const double Negligible = 0.05;

    public static IReadOnlyList<Chart> Choose(
        RunFrame frame,
        SweepDesign design,
        IReadOnlyList<ResultStatistics> results,
        ChartWishes wishes
    )
    {
        var (choices, names) = (wishes.Choices, new ChartNames());
        var varying = results.Where(r => !r.Spread.IsConstant).ToList();
        var drawn = choices is { } wanted
            ? results.Where(result => wanted.Any(choice => choice.Subject == result.Result.Name))
            : varying.Take(MostResults);
        var charts = drawn
            .SelectMany(r =>
            {
                var subject = ChartSubject.OfResult(frame, design, r.Result, names) with
                {
                    Base = wishes.Baseline?.Of(r.Result.Name),
                };
                var thresholds = wishes.Thresholds.GetValueOrDefault(r.Result.Name, []);
                return OfResult(subject, r)
                    .Select(chart => ChartMarks.Add(chart, subject.Base, thresholds) with { Subject = r.Result.Name });
            })
            .ToList();
        charts.AddRange(WordCounts.Of(frame, design, names));
        // What a scenario names first comes first.
        var order = frame.Results.Select(result => result.Name).ToList();
        charts = [.. charts.OrderBy(chart => order.IndexOf(chart.Subject!))];
        if (choices is null && charts.Count > 0 && varying.Count > MostResults)
        {
            var left = string.Join(", ", varying.Skip(MostResults).Select(r => r.Result.Name));
            charts[0] = charts[0] with { Note = $"{charts[0].Note} Without charts of their own: {left}.".TrimStart() };
        }

        return OfFailures(frame, design, names) is { } failures
            ? [.. charts, failures with { Subject = ChartSubject.ShareOfFailures }]
            : charts;
    }

    private static IEnumerable<Chart> OfResult(ChartSubject subject, ResultStatistics result)
    {
        var design = subject.Design;
        var sample = new SampleCharts(subject);
        IEnumerable<Chart> charts = design.Kind switch
        {
            DesignKind.Point => result.Count > 1 ? [sample.Distribution(result.Spread)] : [],
            DesignKind.OneParameter when design.IsRandom =>
            [
                sample.Scatter(design.Parameters[0]),
                sample.Distribution(result.Spread),
            ],
            DesignKind.OneParameter => [new ResultCharts(subject).Response(design.Parameters[0])],
            DesignKind.Grid => OfGrid(subject),
            DesignKind.LargeGrid => OfLargeGrid(subject),
            DesignKind.OneAtATime => [new Tornados(subject).Draw() ?? (Chart)sample.MainEffects(design.Parameters)],
            _ => OfSample(subject, result.Spread),
        };
        return design.IsRandom && Convergence.Of(subject) is { } convergence ? charts.Append(convergence) : charts;
    }

    private static IEnumerable<Chart> OfGrid(ChartSubject subject)
    {
        var (x, y) = Axes.ByLength(subject.Design.Parameters) is [var longer, var shorter]
            ? (longer, shorter)
            : default;
        if (ResultCharts.IsFew(y))
        {
            yield return new ResultCharts(subject).Response(x, y);
        }

        if (!ResultCharts.IsFew(y) || (x.Levels.Count > 2 && y.Levels.Count > 2))
        {
            yield return new HeatMaps(subject).Draw(x, y);
        }
    }

    private static IEnumerable<Chart> OfLargeGrid(ChartSubject subject)
    {
        if (Axes.ByLength(subject.Design.Parameters) is [var x, var series, var panel, ..])
        {
            yield return ResultCharts.IsFew(series) && panel.Levels.Count <= MostPanels
                ? new ResultCharts(subject).Small(x, series, panel)
                : new HeatMaps(subject).Draw(x, series);
        }

        var sensitivities = new Sensitivities(subject);
        if (sensitivities.Ranking() is { Count: > 0 } ranking)
        {
            yield return sensitivities.Draw(ranking);
        }

        yield return new SampleCharts(subject).Parallel();
    }

    private static IEnumerable<Chart> OfSample(ChartSubject subject, Spread spread)
    {
        var sensitivities = new Sensitivities(subject);
        var sample = new SampleCharts(subject);
        if (sensitivities.Ranking() is { Count: > 0 } ranking)
        {
            yield return sensitivities.Draw(ranking);
            yield return sample.MainEffects([.. ranking.Select(r => r.Parameter)]);
            yield return sample.Scatter(ranking[0].Parameter);
            yield return sample.Parallel();
        }

        yield return sample.Distribution(spread);
    }

    /// <summary>The share of failed runs over the one or two parameters that explain most of it; null if no run failed, or none completed.</summary>
    private static Chart? OfFailures(RunFrame frame, SweepDesign design, ChartNames names)
    {
        var subject = ChartSubject.OfFailures(frame, design, names);
        if (!subject.Values.Contains(1) || !subject.Values.Contains(0))
        {
            return null;
        }

        return new Sensitivities(subject).Ranking() switch
        {
            [] => null,
            [var only] => OverOne(only.Parameter),
            [var first, var second, ..]
                when first.Sensitivity.Index >= Telling && second.Sensitivity.Index < Negligible => OverOne(
                first.Parameter
            ),
            [var x, var y, ..] => new HeatMaps(subject).Draw(x.Parameter, y.Parameter, isFailureShare: true),
        };

        BarChart OverOne(FrameColumn parameter) =>
            new ResultCharts(subject).Bars(parameter, MostShares, isFailureShare: true);
    }
}

using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Findings;

namespace AimmsOrchestrator.Tests.Reports.Findings;

/// <summary>
/// A report of a sample whose points are run several times says no more of chance than one of the same points once. The costs of ten
/// points are 1 to 10: their mean is 5.5, and 2.262157 (Student's t for 9 degrees of freedom, 0.975) x sqrt(55 / 6 / 10) = 2.16585 is
/// half of its interval.
/// </summary>
public sealed class RepeatedPointTests
{
    private const int Points = 10;

    private static readonly BatchDesign Alone = new()
    {
        Form = DesignForm.Sample,
        Parameters = ["x"],
        Sampled = ["x"],
    };

    private static readonly BatchDesign Repeated = Alone with { Replicates = ["turn"] };

    private static readonly BatchDesign Beside = Alone with { Parameters = ["turn", "x"] };

    [Fact]
    public void Ten_points_run_twice_have_the_interval_of_their_means_run_once()
    {
        var once = Build(Alone, Once()).Summaries[0].Confidence!;

        var repeated = Build(Repeated, Twice(apart: 1)).Summaries[0].Confidence!;
        var beside = Build(Beside, Twice(apart: 1).OrderBy(run => run.Turn)).Summaries[0].Confidence!;

        Assert.Equal((once.Mean, once.Mean), (repeated.Mean, beside.Mean));
    }

    [Fact]
    public void Percentiles_have_an_interval_only_where_the_runs_of_a_point_agree()
    {
        var once = Build(Alone, Once()).Summaries[0].Confidence!;

        var agree = Build(Repeated, Twice(apart: 0)).Summaries[0].Confidence!;
        var differ = Build(Repeated, Twice(apart: 1)).Summaries[0].Confidence!;

        Assert.NotNull(once.Median);
        Assert.Equal((once.Median, once.P5, once.P95), (agree.Median, agree.P5, agree.P95));
        Assert.Null(differ.Median);
        Assert.Null(differ.P5);
        Assert.Null(differ.P95);
    }

    [Fact]
    public void Only_the_mean_has_an_interval_where_some_points_have_more_completed_runs()
    {
        // Without one run of the cost 1, the mean of the others is 109 / 19.
        var confidence = Build(Repeated, Twice(apart: 0).Skip(1)).Summaries[0].Confidence!;

        Assert.InRange(109.0 / 19, confidence.Mean.Low, confidence.Mean.High);
        Assert.Null(confidence.Median);
        Assert.Null(confidence.P5);
        Assert.Null(confidence.P10);
        Assert.Null(confidence.P90);
        Assert.Null(confidence.P95);
    }

    [Fact]
    public void Nine_points_are_too_few_however_often_they_are_run() =>
        Assert.Null(Build(Repeated, Twice(apart: 1).Where(run => run.X < 9)).Summaries[0].Confidence);

    [Fact]
    public void The_mean_settles_over_the_points()
    {
        var settles = Settles(Twice(apart: 1));

        Assert.Equal("number of draws", settles.X.Name);
        Assert.Equal(10, settles.Series[0].Points[^1].X);
        Assert.Equal(5.5, settles.Series[0].Points[^1].Y, 1e-9);
        Assert.Equal(5.5 - 2.16585, settles.Series[1].Points[^1].Y, 1e-5);
        Assert.Equal(5.5 + 2.16585, settles.Series[2].Points[^1].Y, 1e-5);
    }

    /// <summary>
    /// One run of the cost 1 and two of each other: R = 109 / 19 is their mean. The terms of the ratio estimator are
    /// R + (cost - R) m / 1.9 for m runs. Their squares about R sum to (22.4377 + 4 x 60.6233) / 3.61 = 73.388, and
    /// 2.262157 x sqrt(73.388 / 9 / 10) = 2.04274.
    /// </summary>
    [Fact]
    public void The_mean_settles_at_that_of_all_runs_where_some_points_have_more()
    {
        var settles = Settles(Twice(apart: 0).Skip(1));

        Assert.Equal(10, settles.Series[0].Points[^1].X);
        Assert.Equal(109.0 / 19, settles.Series[0].Points[^1].Y, 1e-9);
        Assert.Equal((109.0 / 19) - 2.04274, settles.Series[1].Points[^1].Y, 1e-5);
        Assert.Equal((109.0 / 19) + 2.04274, settles.Series[2].Points[^1].Y, 1e-5);
        Assert.Contains("with their number as its weight", settles.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mean_is_as_sure_as_the_points_make_it() =>
        Assert.Contains(
            Build(Repeated, Twice(apart: 1)).Findings,
            finding => finding.Text.EndsWith("its mean is 5.5 ± 2.1659 (95 % confidence).", StringComparison.Ordinal)
        );

    /// <summary>Each point is run at 10, 15, 20, 25 and 30, which says nothing of the spread of points.</summary>
    [Fact]
    public void A_result_that_varies_only_within_the_points_has_no_interval()
    {
        var report = Build(
            Repeated,
            Enumerable.Range(0, 5 * Points).Select(i => (X(i / 5), i % 5 + 1.0, 10 + (i % 5 * 5.0)))
        );

        Assert.Equal(20, report.Summaries[0].Mean!.Value, 1e-12);
        Assert.Null(report.Summaries[0].Confidence);
        Assert.Contains(
            report.Findings,
            finding => finding.Text.EndsWith("(P5 to P95); its mean is 20.", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(report.Charts, chart => chart.Title.Contains("settles", StringComparison.Ordinal));
    }

    /// <summary>Expected: Wilson's interval of 1 in 10, 0.0179 to 0.4042 (statsmodels 0.14, as in the tests of thresholds).</summary>
    [Fact]
    public void A_share_is_as_sure_as_the_points_make_it() =>
        Assert.Contains(
            Build(Repeated, Twice(apart: 0), threshold: 9.5).Findings,
            finding => finding.Text == "cost is above 9.5 in 2 of 20 runs (10 %; 2 % to 40 % with 95 % confidence)."
        );

    [Fact]
    public void A_parameter_without_effect_drives_nothing_however_often_its_points_are_run()
    {
        // Each of 30 points has a cost of its own, which depends on neither parameter, and five runs near it.
        const int Times = 5;
        var points = Known.Sample(30, 2);
        var runs = Enumerable
            .Range(0, points.Count * Times)
            .Select(i =>
                Given.Run(
                    i,
                    Given.Json(("a", points[i / Times][0]), ("b", points[i / Times][1]), ("turn", i % Times)),
                    Known.Cost((10 * Known.Noise(40_000 + (i / Times))) + Known.Noise(70_000 + i))
                )
            )
            .ToList();
        var batch = Given.Batch(["a", "b", "turn"], ["cost"]) with
        {
            Design = new BatchDesign
            {
                Form = DesignForm.Sample,
                Parameters = ["a", "b"],
                Sampled = ["a", "b"],
                Replicates = ["turn"],
            },
        };

        var findings = ReportBuilder.Summarize(batch, new RunWalk(() => runs)).Findings;

        Assert.DoesNotContain(findings, finding => finding.Kind == FindingKind.Driver);
    }

    private static IEnumerable<(double X, double Turn, double Cost)> Once() =>
        Enumerable.Range(0, Points).Select(i => (X(i), 0.0, i + 1.0));

    private static IEnumerable<(double X, double Turn, double Cost)> Twice(double apart) =>
        Enumerable.Range(0, 2 * Points).Select(i => (X(i / 2), i % 2 + 1.0, i / 2 + 1 + (i % 2 == 0 ? -apart : apart)));

    /// <summary>Each whole number below 10 once, in no order.</summary>
    private static double X(int point) => point * 7 % Points;

    private static LineChart Settles(IEnumerable<(double X, double Turn, double Cost)> runs) =>
        Build(Repeated, runs)
            .Charts.OfType<LineChart>()
            .Single(chart => chart.Title.Contains("settles", StringComparison.Ordinal));

    private static ReportContents Build(
        BatchDesign design,
        IEnumerable<(double X, double Turn, double Cost)> runs,
        double? threshold = null
    )
    {
        List<RunRecord> all =
        [
            .. runs.Select(
                (run, i) => Given.Run(i, Given.Json(("turn", run.Turn), ("x", run.X)), Given.Json(("cost", run.Cost)))
            ),
        ];
        var context = new ReportContext
        {
            Thresholds = threshold is { } value
                ? new Dictionary<string, IReadOnlyList<double>> { ["cost"] = [value] }
                : new Dictionary<string, IReadOnlyList<double>>(),
        };
        return ReportBuilder.Build(
            Given.Batch(["turn", "x"], ["cost"]) with
            {
                Design = design,
            },
            new RunWalk(() => all),
            context
        );
    }
}

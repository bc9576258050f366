using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Tests.Reports.Charts;

/// <summary>Which charts are drawn, and what they contain.</summary>
public sealed class ChartTests
{
    [Fact]
    public void A_tornado_has_the_means_of_replicates_and_its_base_at_any_position()
    {
        (int X, int Y, double Cost)[] runs = [(2, 1, 12), (1, 1, 9), (1, 3, 4), (1, 1, 11), (2, 1, 16), (1, 3, 6)];

        var tornado = Assert.IsType<TornadoChart>(Draw(["x", "y"], runs.Select((r, i) => Of(i, r)))[0]);

        Assert.Equal(10, tornado.Base);
        Assert.True(tornado.IsWhole);
        Assert.Equal([new TornadoBar("y", 5, 10, "3", "1"), new TornadoBar("x", 10, 14, "1", "2")], tornado.Bars);
    }

    [Fact]
    public void A_parameter_of_which_no_run_has_a_value_has_no_bar_in_a_tornado()
    {
        (int X, int Y, double Cost)[] runs = [(1, 1, 10), (2, 1, 14), (3, 1, 15), (1, 2, double.NaN)];

        var tornado = Assert.IsType<TornadoChart>(Draw(["x", "y"], runs.Select((r, i) => Of(i, r)))[0]);

        Assert.Equal([new TornadoBar("x", 10, 15, "1", "3")], tornado.Bars);
        Assert.Equal("No run with a value, and so no bar: y.", tornado.Note);
    }

    [Fact]
    public void A_category_that_is_a_range_has_its_exact_ends_beside_its_name()
    {
        double[] values = [0.1234567, 0.2, 0.7, 0.7654321];
        var column = RunFrame
            .Of(Given.Batch(["x"], []), values.Select((x, i) => Given.Run(i, Given.Json(("x", x)), results: null)))
            .Parameters[0];

        var axis = Axes.Of(column, Classes.Of(column.Levels, 2));

        // A hundredth of a class's width of 0.32 is three decimals.
        Assert.Equal(["0.123 … 0.2", "0.7 … 0.765"], axis.Categories);
        Assert.Equal(
            [
                [0.1234567, 0.2],
                [0.7, 0.7654321],
            ],
            axis.Ranges!.Select(ends => ends.ToArray())
        );
        Assert.Null(Axes.Of(column, Classes.Of(column.Levels, 4)).Ranges);
    }

    [Fact]
    public void Without_a_base_the_main_effects_are_drawn()
    {
        (int X, int Y, double Cost)[] runs = [(1, 1, double.NaN), (2, 1, 12), (3, 1, 13), (1, 2, 9), (1, 3, 8)];

        var panels = Assert.IsType<Panels>(Draw(["x", "y"], runs.Select((r, i) => Of(i, r)))[0]);

        Assert.Equal(["x", "y"], panels.Charts.Select(chart => chart.Title));
    }

    [Fact]
    public void Of_many_texts_those_furthest_from_the_mean_are_drawn_and_the_others_counted()
    {
        var runs = Enumerable
            .Range(0, 200)
            .Select(i =>
                Given.Run(i, $$"""{"site":"s{{i % 100}}"}""", Given.Json(("cost", i % 100 == 70 ? 1000 : i % 100)))
            );

        var bars = Assert.IsType<BarChart>(Draw(["site"], runs)[0]);

        Assert.Equal(40, bars.Bars.Count);
        Assert.Equal(new Bar("s70", 1000), bars.Bars[0]);
        Assert.Contains("60 more", bars.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_hardly_occur_twice_have_no_sensitivity_and_share_none()
    {
        var runs = Enumerable
            .Range(0, 60)
            .Select(i =>
                Given.Run(
                    i,
                    $$"""{"site":"s{{i % 40}}","kind":"k{{i % 2}}","x":{{i * 37 % 61}}}""",
                    Given.Json(("cost", i % 2 * 100 + i * 37 % 61))
                )
            );

        var sensitivities = Draw(["site", "kind", "x"], runs).OfType<BarChart>().First();

        Assert.Equal(["kind", "x"], sensitivities.Bars.Select(bar => bar.Name));
    }

    [Fact]
    public void Every_value_of_a_grid_counts_by_itself_and_only_a_full_one_is_exact()
    {
        // An effect that alternates with x would vanish if neighbours shared a class.
        var runs = Enumerable
            .Range(0, 300)
            .Select(i => Given.Run(i, Given.Json(("x", i / 3), ("z", i % 3)), Given.Json(("cost", i / 3 % 2))))
            .ToList();
        var values = runs.ConvertAll(run => run.Index / 3 % 2 == 0 ? 0.0 : 1).ToArray();

        var whole = Ranking(runs, values)[0];
        values[5] = double.NaN;
        var holed = Ranking(runs, values)[0];

        Assert.Equal(("x", 1.0, null), (whole.Parameter.Name, whole.Sensitivity.Index, whole.Sensitivity.HalfWidth));
        Assert.NotNull(holed.Sensitivity.HalfWidth);
    }

    [Fact]
    public void The_rest_of_the_variance_is_credited_to_interactions_only_if_parameters_are_independent()
    {
        Assert.Contains("the rest up to 1", Note(i => i * 29 % 41, (x, y) => (x - 20) * (y - 20)));
        Assert.Contains("The shares overlap", Note(i => i * 29 % 41, (x, y) => x + y));
        Assert.Contains("do not vary independently", Note(i => i * 37 % 41 + i % 2, (x, y) => x + y));

        static string? Note(Func<int, double> y, Func<double, double, double> cost) =>
            Draw(
                    ["x", "y"],
                    Enumerable
                        .Range(0, 41)
                        .Select(i =>
                            Given.Run(
                                i,
                                Given.Json(("x", i * 37 % 41), ("y", y(i))),
                                Given.Json(("cost", cost(i * 37 % 41, y(i))))
                            )
                        )
                )
                .OfType<BarChart>()
                .First()
                .Note;
    }

    [Theory]
    [InlineData("seed", true)]
    [InlineData("x", false)]
    public void Replicates_alone_are_shown_by_their_distribution(string name, bool isHistogram)
    {
        var runs = Enumerable
            .Range(0, 20)
            .Select(i => Given.Run(i, Given.Json((name, i)), Given.Json(("cost", i * i))));

        Assert.Equal(isHistogram, Draw([name], runs)[0] is Histogram);
    }

    [Fact]
    public void One_random_parameter_is_shown_by_a_scatter_and_the_distribution()
    {
        double[] x = [0.82, 0.11, 0.47, 0.93, 0.12, 0.58, 0.33, 0.71, 0.05, 0.64];
        var runs = x.Select((v, i) => Given.Run(i, Given.Json(("x", v)), Given.Json(("cost", v * v))));

        var charts = Draw(["x"], runs);

        Assert.Equal(
            [typeof(ScatterChart), typeof(Histogram), typeof(LineChart), typeof(TimelineChart)],
            charts.Select(c => c.GetType())
        );
    }

    private static IReadOnlyList<(FrameColumn Parameter, Sensitivity Sensitivity)> Ranking(
        IEnumerable<RunRecord> runs,
        double[] values
    )
    {
        var frame = RunFrame.Of(Given.Batch(["x", "z"], ["cost"]), runs);
        return new Sensitivities(
            new ChartSubject(frame, DesignRecognition.Infer(frame, [], []), "cost", values, new ChartNames())
        ).Ranking();
    }

    private static RunRecord Of(int index, (int X, int Y, double Cost) run) =>
        double.IsNaN(run.Cost)
            ? Given.Run(index, Given.Json(("x", run.X), ("y", run.Y)), "{}", "no")
            : Given.Run(index, Given.Json(("x", run.X), ("y", run.Y)), Given.Json(("cost", run.Cost)));

    private static IReadOnlyList<Chart> Draw(string[] parameters, IEnumerable<RunRecord> runs) =>
        ReportBuilder.Build(Given.Batch(parameters, ["cost"]), new RunWalk(() => runs)).Charts;
}

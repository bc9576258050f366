using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Tests.Reports.Statistics;

/// <summary>Shares and tests of a sample whose points are run several times.</summary>
public sealed class RepeatedDrawTests
{
    private const int Points = 40;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_same_points_run_twice_have_the_shares_and_intervals_of_once(bool isBatchByBatch)
    {
        var (frame, draws) = Twice(isBatchByBatch, apart: 0);

        var share = FirstOrder.OfSample(ClassesOf(frame), draws.Average(Costs(frame)))!.Value;

        Assert.NotNull(Once().HalfWidth);
        Assert.Equal(Once(), share);
    }

    [Fact]
    public void What_the_runs_of_a_draw_differ_by_is_no_part_of_a_drawn_parameters_share()
    {
        // The costs are 0 to 39: n (n² - 1) / 12 = 5,330 is their sum of squares. The runs of each draw are 3 from it: 40 x 9 more.
        var (frame, draws) = Twice(isBatchByBatch: false, apart: 3);

        var share = FirstOrder.OfSample(ClassesOf(frame), draws.Average(Costs(frame)))!.Value;

        Assert.InRange(Once().Index, 0.5, 0.9999);
        Assert.Equal(Once().Index * 5330 / (5330 + 360), share.Index, 1e-12);
    }

    [Fact]
    public void A_parameter_beside_the_draws_is_compared_within_them()
    {
        // Randomized blocks (Fisher 1935) by hand: of 388, the sums of squares are 6 of m, 381 of the draws and 1 of the rest, with
        // 1, 2 and 2 degrees of freedom: F = 12. With 1 and 2 of them, p = 1 - sqrt(F / (F + 2)).
        (double X, double M, double Cost)[] runs =
        [
            (1, 1, 10),
            (1, 2, 12),
            (2, 1, 20),
            (2, 2, 23),
            (3, 1, 30),
            (3, 2, 31),
        ];
        var frame = Frame(runs);
        var (x, m) = (frame.Parameters[0], frame.Parameters[1]);
        var effects = new DrawnEffects(IndependentDraws.Of(frame.Count, [x], [m]), Costs(frame));

        var effect = effects.Alone([x, m], []).Single(e => e.Parameters[0] == m);

        Assert.Equal(1 - Math.Sqrt(12.0 / 14), effect.P, 1e-9);
        Assert.Equal((6 - 0.5) / 388, effect.Share, 1e-9);
    }

    [Fact]
    public void A_drawn_parameter_is_tested_over_the_means_of_its_draws()
    {
        // Four draws with the means 1, 3, 5 and 7 in two classes of x: of 20, the sums of squares are 16 between the classes and 4
        // within them, with 1 and 2 degrees of freedom. F = 8, and p = 1 - sqrt(F / (F + 2)). The runs of each draw are 1 from it: the
        // share, corrected for chance, is (16 - 2) / (20 + 4).
        var runs = Enumerable
            .Range(0, 8)
            .Select(i => (X: (double)(i / 2), Turn: i % 2 + 1.0, Cost: (i / 2 * 2) + (i % 2 * 2.0)));
        var frame = Frame([.. runs]);
        var (x, turn) = (frame.Parameters[0], frame.Parameters[1]);
        var effects = new DrawnEffects(IndependentDraws.Of(frame.Count, [x], [turn]), Costs(frame));

        var effect = Assert.Single(effects.Alone([x], []));

        Assert.Equal(1 - Math.Sqrt(0.8), effect.P, 1e-9);
        Assert.Equal(14.0 / 24, effect.Share, 1e-9);
    }

    private static Sensitivity Once()
    {
        var frame = Frame([.. Enumerable.Range(0, Points).Select(i => (XOf(i), 1.0, CostOf(i)))]);
        return FirstOrder.OfSample(ClassesOf(frame), DrawMeans.OfRuns(Costs(frame)))!.Value;
    }

    /// <param name="isBatchByBatch">Whether all points are run before any is run again.</param>
    /// <param name="apart">How far the two runs of a point are from their mean.</param>
    private static (RunFrame Frame, IndependentDraws Draws) Twice(bool isBatchByBatch, double apart)
    {
        var frame = Frame([
            .. Enumerable
                .Range(0, 2 * Points)
                .Select(run =>
                    isBatchByBatch ? (Point: run % Points, Turn: run / Points) : (Point: run / 2, Turn: run % 2)
                )
                .Select(run =>
                    (XOf(run.Point), (double)run.Turn, CostOf(run.Point) + (run.Turn == 0 ? -apart : apart))
                ),
        ]);
        return (frame, IndependentDraws.Of(frame.Count, [frame.Parameters[0]], [frame.Parameters[1]]));
    }

    /// <summary>Each whole number below 40 once, since 23 and 40 have no factor in common.</summary>
    private static double CostOf(int point) => point * 23 % Points;

    private static double XOf(int point) => CostOf(point) + (point % 3 * 0.25);

    private static Classes ClassesOf(RunFrame frame) =>
        Classes.Of(frame.Parameters[0].Levels, FirstOrder.ClassesFor(Points));

    private static double[] Costs(RunFrame frame) => frame.Completed(frame.Results[0]);

    private static RunFrame Frame(IReadOnlyList<(double X, double M, double Cost)> runs) =>
        RunFrame.Of(
            Given.Batch(["x", "m"], ["cost"]),
            runs.Select(
                (run, i) => Given.Run(i, Given.Json(("x", run.X), ("m", run.M)), Given.Json(("cost", run.Cost)))
            )
        );
}

using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Tests.Reports.Designs;

/// <summary>Which runs of a sample are one draw. The expected numbers are means, sums and ratios worked out by hand.</summary>
public sealed class IndependentDrawsTests
{
    [Fact]
    public void A_point_that_is_run_twice_is_one_draw_with_the_mean_of_its_runs()
    {
        // The runs differ from their means, 2 and 15, by 1 and by 5.
        var (draws, frame) = Of((1, 1, 1), (1, 2, 3), (2, 1, 10), (2, 2, 20));

        var means = draws.Average(Costs(frame));

        double[] expected = [2, double.NaN, 15, double.NaN];
        Assert.Equal(expected, means.Values);
        Assert.Equal(0.5, means.HalfDeviation(0), 1e-12);
        Assert.Equal(2.5, means.HalfDeviation(2), 1e-12);
        Assert.Equal((2.0, false), (means.EffectiveCount(), means.AreAlike));
        Assert.Equal("0 0 1 1", Numbered(draws, frame));
    }

    [Fact]
    public void Runs_of_a_second_batch_belong_to_the_draws_of_the_first()
    {
        var (draws, _) = Of((1, 1, 0), (2, 1, 0), (3, 1, 0), (2, 2, 0), (3, 2, 0), (4, 2, 0));

        Assert.Equal([0, 1, 2, 1, 2, 3], Enumerable.Range(0, 6).Select(draws.DrawOf));
    }

    [Fact]
    public void Draws_that_happen_to_coincide_are_as_many_as_there_are()
    {
        // Three draws of 1, 1 and 2, each run twice.
        var (draws, frame) = Of((1, 1, 0), (1, 2, 0), (1, 1, 0), (1, 2, 0), (2, 1, 0), (2, 2, 0));

        Assert.Equal("0 0 1 1 2 2", Numbered(draws, frame));
    }

    [Fact]
    public void Without_a_repeat_each_run_is_a_draw_and_its_numbers_are_the_same_ones()
    {
        var (draws, frame) = Of((1, 1, 5), (2, 2, 6), (3, 1, 7));
        var costs = Costs(frame);

        Assert.False(draws.HaveRepeats);
        Assert.Same(costs, draws.Average(costs).Values);
        Assert.Equal(costs, draws.Average(costs).Numbers());
    }

    [Fact]
    public void Where_the_effect_of_a_parameter_is_in_question_its_values_are_not_averaged()
    {
        var (draws, frame) = Of((1, 1, 1), (1, 2, 3), (2, 1, 10), (2, 2, 20));

        var means = draws.Average(Costs(frame), frame.Parameters[1]);

        Assert.False(means.HaveRepeats);
        Assert.Equal(Costs(frame), means.Values);
        Assert.Equal((0, 1), (means.DrawOf(1), means.DrawOf(2)));
        Assert.Equal(2, draws.Average(Costs(frame), frame.Parameters[0]).Rows.Length);
    }

    [Fact]
    public void Draws_of_which_some_have_more_runs_keep_the_mean_of_all_runs()
    {
        // 1, 3, 5 and 9: the mean of the runs is 4.5, the draws' means are 3 and 9, of 2 runs on average.
        // 4.5 + (3 - 4.5) 3 / 2 and 4.5 + (9 - 4.5) 1 / 2; (3 + 1)² / (9 + 1) equal draws.
        var (draws, frame) = Of((1, 1, 1), (1, 2, 3), (1, 3, 5), (2, 1, 9));

        var means = draws.Average(Costs(frame));

        double[] expected = [2.25, 6.75];
        Assert.Equal(expected, means.Numbers());
        Assert.Equal(1.6, means.EffectiveCount(), 1e-12);
    }

    [Fact]
    public void Thinned_to_fewer_runs_a_result_keeps_whole_draws()
    {
        // Thirty draws of two runs: 22 of them have 44 runs, and 23 of them 46.
        var (draws, frame) = Pairs();

        var thinned = draws.Thinned(Costs(frame), 45);
        var kept = Enumerable.Range(0, 60).Where(row => !double.IsNaN(thinned[row])).ToList();

        Assert.Equal(44, kept.Count);
        Assert.All(kept, row => Assert.Equal((double)row, thinned[row]));
        Assert.All(kept.GroupBy(draws.DrawOf), draw => Assert.Equal(2, draw.Count()));
        // The mean of a draw's runs, 2 i and 2 i + 1, is the half between them.
        var means = draws.Average(thinned);
        Assert.Equal(22, means.Rows.Length);
        Assert.All(means.Rows, row => Assert.Equal(row + 0.5, means.Values[row], 1e-12));
    }

    [Fact]
    public void However_few_runs_are_wanted_twenty_draws_remain()
    {
        var (draws, frame) = Pairs();

        var thinned = draws.Thinned(Costs(frame), 2);

        Assert.Equal(40, thinned.Count(value => !double.IsNaN(value)));
        Assert.Equal(40, draws.Average(thinned, frame.Parameters[1]).Rows.Length);
        Assert.Equal(Costs(frame), draws.Thinned(Costs(frame), 60));
    }

    [Fact]
    public void Draws_of_which_only_the_runs_differ_are_constant_but_for_rounding_errors()
    {
        // The means are 0, but for what the sum of 0.1, 0.2 and -0.3 loses, which depends on their order.
        var (same, sameFrame) = Of((1, 1, 0.1), (1, 2, 0.2), (1, 3, -0.3), (2, 1, -0.3), (2, 2, 0.1), (2, 3, 0.2));
        var (other, otherFrame) = Of((1, 1, 1), (1, 2, 3), (2, 1, 2), (2, 2, 2.001));

        Assert.True(same.Average(Costs(sameFrame)).AreConstant);
        Assert.False(other.Average(Costs(otherFrame)).AreConstant);
    }

    [Fact]
    public void A_parameter_beside_a_sample_is_recognized_where_an_older_batch_does_not_state_what_is_drawn()
    {
        var batch = Given.Batch(["m", "x", "y"], []) with
        {
            Design = new BatchDesign { Form = DesignForm.Sample, Parameters = ["m", "x", "y"] },
        };

        var design = SweepDesign.Find(batch, Crossed(batch));

        Assert.Equal("0 1 2 3 4 0 1 2 3 4", Numbered(design.Draws, Crossed(batch)));
        Assert.Equal((false, true), (IsOver("m"), IsOver("x")));

        bool IsOver(string name) => design.Draws.AreOver(design.Parameters.Single(p => p.Name == name));
    }

    /// <summary>Of ten runs, three parameters have a few values: 10 x 3 x 3 are compared at most.</summary>
    [Theory]
    [InlineData(90L, "x y")]
    [InlineData(89L, "m x y")]
    public void All_parameters_of_a_sample_count_as_drawn_where_there_is_too_much_to_compare(long most, string drawn)
    {
        var frame = Crossed(Given.Batch(["m", "x", "y"], []));

        var sampled = DesignRecognition.Sampled(frame, frame.Parameters, most);

        Assert.Equal(drawn, string.Join(' ', sampled.Select(p => p.Name)));
    }

    [Fact]
    public void The_draws_of_batches_side_by_side_are_those_of_the_parameters_that_are_stated_as_drawn()
    {
        var batch = Given.Batch(["m", "x", "y"], []) with
        {
            Design = new BatchDesign
            {
                Form = DesignForm.Listed,
                Parameters = ["m", "x", "y"],
                Sampled = ["x", "y"],
            },
        };

        var design = SweepDesign.Find(batch, Crossed(batch));

        Assert.True(design.Draws.HaveRepeats);
        Assert.Equal("0 1 2 3 4 0 1 2 3 4", Numbered(design.Draws, Crossed(batch)));
    }

    /// <summary>Five points of x and y, with each of two values of m.</summary>
    private static RunFrame Crossed(BatchRecord batch) =>
        RunFrame.Of(
            batch,
            Enumerable
                .Range(0, 10)
                .Select(i =>
                    Given.Run(i, Given.Json(("m", i / 5), ("x", i % 5 * 0.7), ("y", i % 5 * 3 % 5)), results: null)
                )
        );

    /// <summary>Thirty draws of two runs each, whose costs are their rows.</summary>
    private static (IndependentDraws Draws, RunFrame Frame) Pairs() =>
        Of([.. Enumerable.Range(0, 60).Select(i => ((double)(i / 2), (double)(i % 2), (double)i))]);

    private static (IndependentDraws Draws, RunFrame Frame) Of(params (double X, double Turn, double Cost)[] runs)
    {
        var frame = RunFrame.Of(
            Given.Batch(["x", "turn"], ["cost"]),
            runs.Select(
                (run, i) => Given.Run(i, Given.Json(("x", run.X), ("turn", run.Turn)), Given.Json(("cost", run.Cost)))
            )
        );
        return (IndependentDraws.Of(frame.Count, [frame.Parameters[0]], [frame.Parameters[1]]), frame);
    }

    private static double[] Costs(RunFrame frame) => frame.Completed(frame.Results[0]);

    private static string Numbered(IndependentDraws draws, RunFrame frame) =>
        string.Join(' ', Enumerable.Range(0, frame.Count).Select(draws.DrawOf));
}

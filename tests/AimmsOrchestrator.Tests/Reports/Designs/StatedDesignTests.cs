using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;
using Sketched = AimmsOrchestrator.Tests.Scenarios.Given;

namespace AimmsOrchestrator.Tests.Reports.Designs;

/// <summary>A report draws the design that its scenario states, regardless of what names and values of the parameters suggest.</summary>
public sealed class StatedDesignTests
{
    [Fact]
    public void A_grid_averages_over_the_stated_replicates_and_keeps_a_parameter_named_seed()
    {
        const string Sweep = """
            sweep:
              matrix: { seed: [1, 2, 3], growth: [0.9, 1.1] }
              let: { total: seed * growth }
              repeat: { times: 2, as: draw }
            """;

        var lines = Assert.IsType<LineChart>(Draw(Sweep)[0]);

        Assert.Equal("cost by seed and growth", lines.Title);
        Assert.Contains("over draw", lines.Note, StringComparison.Ordinal);
        Assert.Equal([2, 3], new[] { lines.Series.Count, lines.Series[0].Points.Count });
    }

    [Fact]
    public void One_at_a_time_moves_the_stated_parameters_though_their_names_suggest_replicates()
    {
        const string Sweep = """
            sweep:
              oat:
                base: { seed: 5, rep: 1 }
                vary: { seed: [6, 7], rep: [2] }
              when: "!(seed === 7)"
              repeat: { times: 3, as: draw }
            """;

        var tornado = Assert.IsType<TornadoChart>(Draw(Sweep)[0]);

        Assert.Equal([new TornadoBar("rep", 11, 17, "1", "2"), new TornadoBar("seed", 11, 14, "5", "6")], tornado.Bars);
        Assert.Contains("over draw", tornado.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_is_one_though_its_points_would_fill_a_grid()
    {
        const string Sweep = """
            sweep:
              sample:
                count: 40
                over: { seed: { choice: [1, 2] }, growth: { choice: [3, 4] } }
              repeat: { times: 2, as: draw }
            """;

        var charts = Draw(Sweep);

        var bars = Assert.IsType<BarChart>(charts[0]);
        Assert.Equal(["growth", "seed"], bars.Bars.Select(bar => bar.Name).Order(StringComparer.Ordinal));
        Assert.IsType<Histogram>(charts[^3]);
    }

    [Fact]
    public void One_drawn_parameter_is_shown_by_a_scatter_and_the_distribution_however_few_its_points()
    {
        var charts = Draw("sweep: { sample: { count: 4, over: { rep: { uniform: [0, 1] } } } }");

        Assert.Equal([typeof(ScatterChart), typeof(Histogram), typeof(TimelineChart)], charts.Select(c => c.GetType()));
    }

    [Fact]
    public void Of_a_grid_that_hardly_has_a_run_no_combination_is_drawn()
    {
        var charts = Draw(
            "sweep: { matrix: { a: { from: 1, to: 20, step: 1 }, b: { from: 1, to: 20, step: 1 } }, order: shuffle, limit: 9 }"
        );

        Assert.DoesNotContain(charts, chart => chart is HeatMap or LineChart);
    }

    [Fact]
    public void Listed_points_are_inferred_without_the_stated_replicates_and_derived_parameters()
    {
        const string Sweep = """
            sweep:
              runs: [{ x: 1 }, { x: 2 }, { x: 5 }]
              let: { noise: "[3, 1, 2][x % 3]" }
              repeat: { times: 2, as: draw }
            """;

        var lines = Assert.IsType<LineChart>(Draw(Sweep)[0]);

        Assert.Equal("cost by x", lines.Title);
        Assert.Contains("over draw", lines.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("matrix: { a: [1, 2], b: [3] }", DesignForm.Grid, "a b")]
    [InlineData("{ matrix: { a: [1, 2], include: [{ a: 1, extra: 7 }] } }", DesignForm.Grid, "a")]
    [InlineData("{ matrix: { a: [1] }, oat: { base: { x: 1, y: 2 }, vary: { x: [3] } } }", DesignForm.OneAtATime, "x")]
    [InlineData("{ matrix: { a: [1, 2] }, oat: { base: { x: 1, y: 2 }, vary: { x: [3] } } }", DesignForm.Listed, "a x")]
    [InlineData(
        "{ matrix: { a: [1, 2] }, sample: { count: 3, over: { x: { uniform: [0, 1] } } } }",
        DesignForm.Sample,
        "a x"
    )]
    [InlineData("{ zip: { a: [1, 2], b: [2, 1] } }", DesignForm.Listed, "a b")]
    [InlineData("{ concat: [{ matrix: { a: [1] } }, { matrix: { a: [2] } }] }", DesignForm.Listed, "a")]
    public void A_scenario_states_the_form_of_its_sweep(string sweep, DesignForm form, string parameters)
    {
        var design = Sketched.Sketch($"sweep:\n  {sweep}\nrequest: {{ json: {{}} }}").Design;

        Assert.Equal((form, parameters), (design.Form, string.Join(' ', design.Parameters)));
    }

    [Theory]
    [InlineData("sample: { count: 3, over: { x: { uniform: [0, 1] } } }", "x")]
    [InlineData("{ matrix: { a: [1, 2] }, sample: { count: 3, over: { x: { uniform: [0, 1] } } } }", "x")]
    [InlineData("{ zip: { a: [1, 2], b: [2, 1] }, sample: { count: 3, over: { x: { uniform: [0, 1] } } } }", "x")]
    [InlineData("{ matrix: { a: [1, 2] } }", "")]
    public void A_scenario_states_which_parameters_are_drawn(string sweep, string sampled)
    {
        var design = Sketched.Sketch($"sweep:\n  {sweep}\nrequest: {{ json: {{}} }}").Design;

        Assert.Equal(sampled, string.Join(' ', design.Sampled ?? []));
    }

    private static IReadOnlyList<Chart> Draw(string sweep)
    {
        var scenario = Sketched.Sketch($"{sweep}\nrequest: {{ json: {{}} }}\nresults: {{ cost: response.cost }}");
        var batch = Given.Batch([.. scenario.ParameterNames], [.. scenario.ResultNames]) with
        {
            Design = scenario.Design,
        };
        List<RunRecord> runs =
        [
            .. scenario
                .Plan.Runs.From(0)
                .Select(run => Given.Run(run.Index, run.Parameters.ToJson(), Given.Json(("cost", 10 + run.Index)))),
        ];
        return ReportBuilder.Build(batch, new RunWalk(() => runs)).Charts;
    }
}

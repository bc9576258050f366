using System.Text.Json;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Tests.Reports.Statistics;

/// <summary>The first result by the first two parameters, where a third one moves too.</summary>
public sealed class CrossTableTests
{
    private static readonly string[] Parameters = ["a", "b", "c"];

    [Fact]
    public void Of_a_one_at_a_time_design_no_cell_has_runs_that_move_another_parameter()
    {
        // The base costs 3, a = 2 costs 5 and b = 2 costs 7; c = 2 and c = 3 cost 100 and 200.
        var table = Table(null, (1, 1, 1, 3), (2, 1, 1, 5), (1, 2, 1, 7), (1, 1, 2, 100), (1, 1, 3, 200));

        Assert.Equal("mean of cost by a (down) and b (across), with c at the base", table.Title);
        Assert.Equal<double?>([3, 7], table.Rows[0].Cells);
        Assert.Equal<double?>([5, null], table.Rows[1].Cells);
    }

    [Fact]
    public void Of_a_grid_a_cell_is_the_mean_over_all_values_of_the_other_parameter()
    {
        // 100 a + 10 b + c, with c = 1 and 2: 1.5 on average.
        var table = Table(
            new BatchDesign { Form = DesignForm.Grid, Parameters = Parameters },
            [
                .. from a in Enumerable.Range(1, 2)
                from b in Enumerable.Range(1, 2)
                from c in Enumerable.Range(1, 2)
                select (a, b, c, (100 * a) + (10 * b) + c),
            ]
        );

        Assert.Equal("mean of cost by a (down) and b (across), over all values of c", table.Title);
        Assert.Equal<double?>([111.5, 121.5], table.Rows[0].Cells);
        Assert.Equal<double?>([211.5, 221.5], table.Rows[1].Cells);
    }

    [Fact]
    public void Where_no_run_has_the_other_parameter_at_its_base_the_values_are_counted_instead()
    {
        // The base is (1, 1, 1), and its runs failed: what completed moves c.
        var design = new BatchDesign
        {
            Form = DesignForm.OneAtATime,
            Parameters = Parameters,
            BasePoint = Parameters.ToDictionary(name => name, _ => JsonElement.Parse("1")),
        };

        var table = Table(design, (1, 1, 1, null), (2, 1, 1, null), (1, 2, 1, null), (1, 1, 2, 100), (1, 1, 3, 200));

        Assert.True(table.IsCount);
        Assert.Equal("runs by cost", table.Title);
    }

    private static CrossTable Table(BatchDesign? design, params (int A, int B, int C, int? Cost)[] points)
    {
        var batch = Given.Batch(Parameters, ["cost"]) with { Design = design };
        var runs = points
            .Select(
                (p, i) =>
                    Given.Run(
                        i,
                        Given.Json(("a", p.A), ("b", p.B), ("c", p.C)),
                        p.Cost is { } cost ? Given.Json(("cost", cost)) : null,
                        p.Cost is null ? "no solution" : null
                    )
            )
            .ToList();
        return ReportBuilder.Summarize(batch, new RunWalk(() => runs)).Table!;
    }
}

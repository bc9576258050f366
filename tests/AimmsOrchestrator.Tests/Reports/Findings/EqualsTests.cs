using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;

namespace AimmsOrchestrator.Tests.Reports.Findings;

/// <summary>Sentences about runs, or parameters, of which none stands out.</summary>
public sealed class EqualsTests
{
    [Fact]
    public void Where_most_runs_share_an_end_none_of_them_is_named()
    {
        var runs = Enumerable
            .Range(0, 12)
            .Select(i =>
                Given.Run(i, Given.Json(("a", i / 4), ("b", i % 4)), Given.Json(("gap", i < 7 ? 0 : i * 0.01)))
            );

        Assert.Contains(
            Given.Findings(["a", "b"], runs, "gap"),
            text => text.StartsWith("gap ranges from 0 (in 7 runs) to 0.11 (run 11);", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Parameters_that_move_a_result_alike_are_named_together_and_the_still_one_by_its_name()
    {
        (double A, double B, double C, double Lanes)[] points =
        [
            (1, 1, 1, 3),
            (2, 1, 1, 4),
            (1, 2, 1, 4),
            (1, 1, 2, 3),
        ];
        var runs = points.Select(
            (p, i) => Given.Run(i, Given.Json(("a", p.A), ("b", p.B), ("c", p.C)), Given.Json(("lanes", p.Lanes)))
        );

        Assert.Contains(
            "lanes, 3 at the base, moves equally with a and b: between 3 and 4; c does not move it.",
            Given.Findings(["a", "b", "c"], runs, "lanes")
        );
    }

    [Fact]
    public void A_result_that_one_parameter_alone_moves_says_so()
    {
        (double A, double B, double Cost)[] points = [(1, 1, 3), (2, 1, 4), (3, 1, 9), (1, 2, 3)];
        var runs = points.Select(
            (p, i) => Given.Run(i, Given.Json(("a", p.A), ("b", p.B)), Given.Json(("cost", p.Cost)))
        );

        Assert.Contains(
            "cost, 3 at the base, moves only with a (from 3 at 1 to 9 at 3); b does not move it.",
            Given.Findings(["a", "b"], runs)
        );
    }
}

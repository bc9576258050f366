using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;

namespace AimmsOrchestrator.Tests.Reports.Findings;

/// <summary>Sentences about what moves a result, against every single value.</summary>
public sealed class DriverTests
{
    [Fact]
    public void A_result_that_rises_has_the_values_at_both_ends_also_of_many_steps() =>
        Assert.Contains(
            "cost rises with every step of a: from 1 at 1 to 400 at 20.",
            Given.Findings(["a"], Enumerable.Range(1, 20).Select(a => Run(a, ("a", a), cost: a * a)))
        );

    [Fact]
    public void A_result_that_goes_up_and_down_between_neighbours_does_not_rise() =>
        Assert.DoesNotContain(
            Given.Findings(["a"], Enumerable.Range(1, 20).Select(a => Run(a, ("a", a), a % 2 == 1 ? a + 3 : a - 3))),
            text => text.Contains("every step", StringComparison.Ordinal)
        );

    [Fact]
    public void A_value_whose_run_failed_is_no_end() =>
        Assert.Contains(
            "cost rises with every step of a: from 4 at 2 to 25 at 5.",
            Given.Findings(["a"], Enumerable.Range(1, 5).Select(a => Run(a, ("a", a), a == 1 ? null : a * a)))
        );

    [Fact]
    public void A_parameter_of_which_no_run_has_a_value_is_not_said_to_move_nothing()
    {
        (double A, double B, double C, double? Cost)[] points =
        [
            (1, 1, 1, 3),
            (2, 1, 1, 4),
            (3, 1, 1, 9),
            (1, 2, 1, null),
            (1, 1, 2, null),
        ];
        var failed = points.Select((p, i) => Of(p, i));
        var pending = points.Select((p, i) => p.Cost is null ? Given.Pending(i, Parameters(p)) : Of(p, i));

        foreach (var runs in new[] { failed, pending })
        {
            Assert.Contains(
                "cost, 3 at the base, moves with a (from 3 at 1 to 9 at 3); b and c have no run with a value.",
                Given.Findings(["a", "b", "c"], runs)
            );
        }

        static RunRecord Of((double A, double B, double C, double? Cost) p, int index) =>
            p.Cost is { } cost
                ? Given.Run(index, Parameters(p), Given.Json(("cost", cost)))
                : Given.Run(index, Parameters(p), null, "no solution");

        static string Parameters((double A, double B, double C, double? Cost) p) =>
            Given.Json(("a", p.A), ("b", p.B), ("c", p.C));
    }

    private static RunRecord Run(int index, (string Name, double Value) parameter, double? cost) =>
        Given.Run(
            index,
            Given.Json(parameter),
            cost is { } number ? Given.Json(("cost", number)) : null,
            cost is null ? "no solution" : null
        );
}

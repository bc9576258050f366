using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Findings;

namespace AimmsOrchestrator.Tests.Reports.Findings;

/// <summary>Sentences that name two numbers as different: their texts differ, and rounding errors are no difference.</summary>
public sealed class DigitTests
{
    private static readonly string[] Two = ["a", "b"];

    [Fact]
    public void The_ends_of_a_narrow_range_have_the_digits_in_which_they_differ() =>
        // 1 to 1.0000011 in steps of a ten-millionth: the median is 1.00000055.
        Assert.Contains(
            "cost ranges from 1 (run 0) to 1.000001 (run 11); its median is 1.000001.",
            Given.Findings(Two, Grid(3, 4, (a, b) => 1 + (((4 * a) + b) * 1e-7)))
        );

    [Fact]
    public void A_few_values_that_are_nearly_alike_are_written_in_full() =>
        Assert.Contains(
            "cost is 0.1234561 in 2 runs and 0.1234562 in 2 runs.",
            Given.Findings(Two, Grid(2, 2, (a, _) => a == 0 ? 0.1234561 : 0.1234562))
        );

    [Fact]
    public void Values_that_differ_by_rounding_errors_alone_are_counted_as_one() =>
        Assert.Contains(
            "cost is 0.3 in 5 runs and 0.5 in 1 run.",
            Given.Findings(
                Two,
                Grid(
                    2,
                    3,
                    (a, b) =>
                        a == 0 ? 0.3
                        : b < 2 ? 0.1 + 0.2
                        : 0.5
                )
            )
        );

    [Fact]
    public void Nothing_explains_rounding_errors()
    {
        var findings = Given.Findings(Two, Grid(2, 4, (a, _) => a == 0 ? 0.3 : 0.1 + 0.2));

        Assert.Contains("cost is 0.3 in all 8 runs that have it.", findings);
        Assert.DoesNotContain(findings, text => text.Contains("explain", StringComparison.Ordinal));
    }

    [Fact]
    public void A_parameter_that_moves_a_result_by_little_does_so_in_writing()
    {
        (double A, double B, double Cost)[] points = [(1, 1, 100), (2, 1, 100.00001), (3, 1, 100.00001), (1, 2, 100)];
        var runs = points.Select(
            (p, i) => Given.Run(i, Given.Json(("a", p.A), ("b", p.B)), Given.Json(("cost", p.Cost)))
        );

        Assert.Contains(
            "cost, 100 at the base, moves only with a (from 100 at 1 to 100.00001 at 2); b does not move it.",
            Given.Findings(Two, runs)
        );
    }

    [Fact]
    public void A_result_that_rises_by_little_does_so_in_writing() =>
        Assert.Contains(
            "cost rises with every step of a: from 1.000001 at 1 to 1.000004 at 4.",
            Given.Findings(
                ["a"],
                Enumerable
                    .Range(1, 4)
                    .Select(a => Given.Run(a, Given.Json(("a", a)), Given.Json(("cost", 1 + (a * 1e-6)))))
            )
        );

    [Theory]
    [InlineData(0.2, 0.4, "20 % to 40 %")]
    [InlineData(0.499, 0.501, "49.9 % to 50.1 %")]
    [InlineData(0.001, 0.002, "0.1 % to 0.2 %")]
    [InlineData(0.9991, 0.9993, "99.91 % to 99.93 %")]
    [InlineData(0, 0.001, "0 % to under 1 %")]
    public void The_ends_of_an_interval_of_shares_differ(double low, double high, string text) =>
        Assert.Equal(text, Wording.PercentRange(low, high));

    [Theory]
    [InlineData(1234567.1, 1234567.2, "1,234,567.1", "1,234,567.2")]
    [InlineData(0.00012345678, 0.00012345679, "0.00012345678", "0.00012345679")]
    [InlineData(1.23456781e-9, 1.23456782e-9, "1.23456781E-09", "1.23456782E-09")]
    [InlineData(1, 2, "1", "2")]
    public void Numbers_have_no_more_digits_than_they_need_to_differ(
        double one,
        double other,
        string first,
        string second
    )
    {
        var digits = Wording.DigitsOf(one, other);

        Assert.Equal((first, second), (Wording.Number(one, digits), Wording.Number(other, digits)));
    }

    private static IEnumerable<RunRecord> Grid(int ofA, int ofB, Func<int, int, double> cost) =>
        Enumerable
            .Range(0, ofA * ofB)
            .Select(i =>
                Given.Run(i, Given.Json(("a", i / ofB), ("b", i % ofB)), Given.Json(("cost", cost(i / ofB, i % ofB))))
            );
}

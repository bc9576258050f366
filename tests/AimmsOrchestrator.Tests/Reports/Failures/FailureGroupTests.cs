using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Frames;
using CsCheck;

namespace AimmsOrchestrator.Tests.Reports.Failures;

/// <summary>How failed runs are grouped, and what they have in common.</summary>
public sealed class FailureGroupTests
{
    [Theory]
    [InlineData("no solution for 'plant 7' after 12.5s", "no solution for … after …")]
    [InlineData("task 0f8fad5b-d9cb-469f-a165-70867728950e can't be found.", "task … can't be found.")]
    [InlineData("cannot open /var/tmp/x.dat", "cannot open …")]
    [InlineData("unbounded:LP1", "unbounded:…")]
    [InlineData("infeasible:LP2,LP3", "infeasible:…,…")]
    [InlineData("at 2026-01-02T03:04:05Z: 1,234.5 of 3e-7 (12%), v1.2.3", "at …: … of … (…), …")]
    [InlineData("residual 1.000000000000000000000000000000000000000000e+10 left", "residual … left")]
    [InlineData("id 1234567890123456789012345678901234567890x!", "id …!")]
    public void A_messages_shape_is_without_what_differs(string message, string shape) =>
        Assert.Equal(shape, MessageShape.Of(message));

    [Fact]
    public void An_exact_condition_holds_for_every_failed_run_and_no_completed_one() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Bool)
            .Array[1, 30]
            .Sample(points =>
            {
                var frame = RunFrame.Of(
                    Given.Batch(["x", "y"], []),
                    points.Select(
                        (p, i) => Given.Run(i, Given.Json(("x", p.Item1), ("y", p.Item2)), "{}", p.Item3 ? "no" : null)
                    )
                );
                int[] failed = [.. Enumerable.Range(0, points.Length).Where(i => points[i].Item3)];
                var found = CauseFinder.Find(frame, failed, frame.Rows(RunPhase.Completed));
                return found is not { IsExact: true }
                    || Enumerable
                        .Range(0, points.Length)
                        .All(i => found.Conditions.All(c => c.Holds(i)) == (frame.Phases[i] == RunPhase.Failed));
            });

    [Fact]
    public void Runs_that_failed_with_another_that_asks_the_same_are_of_its_group()
    {
        var first = Given.Run(0, Given.Json(("x", 0)), results: null, "infeasible");
        var second = first with { Index = 1, Error = first.Error! with { CopiedFrom = 0 } };

        var contents = ReportBuilder.Build(
            Given.Batch(["x"], []),
            new RunWalk(() => [first, second, second with { Index = 2 }])
        );

        Assert.Equal("run 0 asks the same and failed: infeasible", contents.Runs.Rows[1][^1]);
        var group = Assert.Single(contents.Failures);
        Assert.Equal(("infeasible", 3L), (group.Message, group.Count));
    }

    [Fact]
    public void One_failure_in_a_random_sample_has_nothing_of_its_own()
    {
        double[] x = [0.8, 0.1, 0.4711, 0.9, 0.2, 0.5, 0.3, 0.7];
        var contents = ReportBuilder.Build(
            Given.Batch(["x"], ["cost"]),
            new RunWalk(() =>
                x.Select((v, i) => Given.Run(i, Given.Json(("x", v)), """{"cost":1}""", v == 0.4711 ? "no" : null))
            )
        );

        Assert.Null(Assert.Single(contents.Failures).Condition);
    }
}

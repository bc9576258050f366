using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Tests.Reports;
using ScenarioGiven = AimmsOrchestrator.Tests.Scenarios.Given;

namespace AimmsOrchestrator.Tests.Domain.Expectations;

/// <summary>Rules across the runs of a batch.</summary>
public sealed class ExpectationTests
{
    [Fact]
    public void Monotone_compares_runs_that_differ_in_one_parameter_alone()
    {
        var rule = new Monotone("m", "cost", "x", isUp: true, Tolerance.Default);

        var result = Check(rule, (1, 1, 10), (2, 1, 11), (1, 2, 50), (3, 1, 10.5), (2, 2, 49), (2, 3, 0));

        Assert.Equal((3, 2), (result.Checked, result.Violated));
        Assert.Equal(
            "run 1 and run 3: cost goes from 11 to 10.5 as x goes from 2 to 3",
            Assert.Single(result.First, v => v.Runs.Contains(3)).Message
        );
        Assert.Equal([2, 4], result.First[1].Runs);
        var down = new Monotone("m", "cost", "x", isUp: false, Tolerance.Default);
        Assert.Equal(1, Check(down, (1, 1, 10), (2, 1, 11)).Violated);
        var loose = new Monotone("m", "cost", "x", isUp: false, new Tolerance(0.1, 0));
        Assert.True(Check(loose, (1, 1, 10), (2, 1, 11)).Holds);
    }

    [Theory]
    [InlineData("sweep: { matrix: { x: [1, 2] }, let: { double: 2 * x } }", 1)]
    [InlineData(
        "sweep: { concat: [{ matrix: { x: [1], double: [2] } }, { matrix: { x: [2] }, let: { double: 2 * x } }] }",
        0
    )]
    public void Monotone_ignores_what_follows_from_other_parameters(string sweep, int compared)
    {
        var scenario = ScenarioGiven.Sketch(
            $$$"""
            {{{sweep}}}
            request: { json: { x: "${{ x }}", double: "${{ double }}" } }
            results: { cost: response.cost }
            expect: { monotone: { result: cost, in: x } }
            """
        );
        RunRecord[] runs =
        [
            Given.Run(0, Given.Json(("x", 1), ("double", 2)), Given.Json(("cost", 10))),
            Given.Run(1, Given.Json(("x", 2), ("double", 4)), Given.Json(("cost", 9))),
        ];

        var result = Assert.Single(scenario.Expectations).Check(() => runs);

        Assert.Equal((compared, compared), (result.Checked, result.Violated));
    }

    [Fact]
    public void A_rule_that_had_nothing_to_check_does_not_hold_and_says_why()
    {
        var result = Check(new Monotone("m", "cost", "x", isUp: true, Tolerance.Default), (1, 1, 10), (2, 2, 11));

        Assert.Equal((0, false), (result.Checked, result.Holds));
        Assert.Equal("no two runs differ in x alone", result.Reason);
    }

    [Fact]
    public void Bounds_are_included_and_no_number_is_out_of_them()
    {
        var rule = new Bounded("b", "cost", 10, 20);
        Assert.True(Check(rule, (1, 1, 10), (2, 1, 20)).Holds);
        Assert.Equal(2, Check(rule, (1, 1, 9.999), (2, 1, 20.001)).Violated);
        Assert.Equal(1, rule.Check(() => [Given.Run(0, "{}", """{"cost":"optimal"}""")]).Violated);
        Assert.True(Check(new Bounded("b", "cost", null, 20), (1, 1, -1e9)).Holds);
    }

    [Fact]
    public void Equal_to_baseline_leaves_the_baseline_itself_out()
    {
        var scenario = Scenario("expect: [{ equal: { result: cost, tolerance: 0.1 } }]");

        var result = Check(Assert.Single(scenario), (1, 1, 100), (2, 1, 109), (3, 1, 120));

        Assert.Equal((2, 1), (result.Checked, result.Violated));
        Assert.Equal("run 2: cost is 120, and 100 in run 0", result.First[0].Message);
        Assert.Equal("no run with x=1.0 has completed", Check(scenario[0], (5, 1, 3)).Reason);
    }

    [Fact]
    public void Equal_to_baseline_compares_words_and_lists_too()
    {
        var rule = Assert.Single(Scenario("expect: { equal: { result: cost } }"));
        var result = rule.Check(() =>
            [
                Given.Run(0, """{"x":1}""", """{"cost":["a",1]}"""),
                Given.Run(1, """{"x":2}""", """{"cost":["a", 1.0]}"""),
                Given.Run(2, """{"x":2}""", """{"cost":"a"}"""),
                Given.Run(3, """{"x":2}""", "{}"),
            ]
        );

        Assert.Equal((3, 2), (result.Checked, result.Violated));
        Assert.Equal("""run 2: cost is "a", and ["a",1] in run 0""", result.First[0].Message);
        Assert.Equal("""run 3: cost is missing, and ["a",1] in run 0""", result.First[1].Message);
    }

    [Fact]
    public void Numbers_that_break_a_rule_by_little_have_the_digits_that_show_it()
    {
        var exact = new Tolerance(0, 0);
        var monotone = Check(new Monotone("m", "cost", "x", isUp: true, exact), (1, 1, 1.00000000002), (2, 1, 1));
        var bounded = Check(new Bounded("b", "cost", null, 20), (1, 1, 20.00000000003));
        var equal = Check(
            Assert.Single(Scenario("expect: { equal: { result: cost, tolerance: 0 } }")),
            (1, 1, 0.3),
            (2, 1, 0.1 + 0.2)
        );

        Assert.EndsWith(
            "cost goes from 1.00000000002 to 1 as x goes from 1 to 2",
            monotone.First[0].Message,
            StringComparison.Ordinal
        );
        Assert.Equal("run 0: cost is 20.00000000003", bounded.First[0].Message);
        Assert.Equal("run 1: cost is 0.30000000000000004, and 0.3 in run 0", equal.First[0].Message);
    }

    [Theory]
    [InlineData(5, double.PositiveInfinity, false)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, true)]
    public void An_infinite_number_equals_itself_alone(double one, double other, bool areEqual) =>
        Assert.Equal(areEqual, new Tolerance(0.5, 1).Allows(one, other));

    [Fact]
    public void The_reports_tolerance_is_that_of_rules_without_one()
    {
        var rule = Assert.Single(Scenario("expect: { equal: { result: cost } }", tolerance: "0.2"));

        Assert.True(Check(rule, (1, 1, 100), (2, 1, 120)).Holds);
        Assert.False(Check(rule, (1, 1, 100), (2, 1, 130)).Holds);
    }

    [Fact]
    public void An_expression_sees_parameters_and_results_and_what_a_run_lacks_is_null()
    {
        var rule = Assert.Single(Scenario("expect: { name: n, that: cost > 5 * x || cost === null }"));

        Assert.Equal("n", rule.Name);
        Assert.Equal(1, Check(rule, (1, 1, 6), (2, 1, 10)).Violated);
        Assert.True(rule.Check(() => [Given.Run(0, """{"x":1}""", "{}")]).Holds);
    }

    private static IReadOnlyList<IExpectation> Scenario(string yaml, string tolerance = "1e-9") =>
        ScenarioGiven
            .Sketch(
                $$$"""
                sweep: { matrix: { x: [1, 2], y: [1, 2] } }
                request: { json: { x: "${{ x }}", y: "${{ y }}" } }
                results: { cost: response.cost }
                report: { baseline: { x: 1.0 }, tolerance: {{{tolerance}}} }
                {{{yaml}}}
                """
            )
            .Expectations;

    private static ExpectationResult Check(IExpectation rule, params (double X, double Y, double Cost)[] runs) =>
        rule.Check(() => runs.Select(Run));

    private static RunRecord Run((double X, double Y, double Cost) run, int index) =>
        Given.Run(index, Given.Json(("x", run.X), ("y", run.Y)), Given.Json(("cost", run.Cost)));
}

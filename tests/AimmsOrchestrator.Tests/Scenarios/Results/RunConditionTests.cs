using AimmsOrchestrator.Scenarios.Results;
using ReportGiven = AimmsOrchestrator.Tests.Reports.Given;

namespace AimmsOrchestrator.Tests.Scenarios.Results;

/// <summary>Conditions on runs that are on disk.</summary>
public sealed class RunConditionTests
{
    [Theory]
    [InlineData("growth > 1.05", false)]
    [InlineData("growth > 0.95 && cost === null", true)]
    [InlineData("cost > 5", false)]
    public void A_condition_sees_parameters_and_results_and_null_for_what_a_run_lacks(string code, bool holds)
    {
        var (condition, errors) = RunCondition.Parse(code, "--where", ["growth", "cost"]);

        Assert.Empty(errors);
        var run = ReportGiven.Run(0, """{"growth":1.0}""", results: null);
        Assert.Equal((holds, null), condition!.Check(run));
    }

    [Fact]
    public void A_condition_that_fails_says_why()
    {
        var (condition, _) = RunCondition.Parse("cost.foo > 5", "--where", ["growth", "cost"]);

        var run = ReportGiven.Run(0, """{"growth":1.0}""", results: null);
        Assert.NotNull(condition!.Check(run).Failure);
    }

    [Theory]
    [InlineData("grwth > 1", "--where: grwth > 1: there is no grwth here; did you mean \"growth\"?")]
    [InlineData("growth >", "--where: growth > is not an expression")]
    [InlineData("", "--where: there is no expression")]
    public void A_condition_that_cannot_work_is_refused_with_the_nearest_name(string code, string message)
    {
        var (condition, errors) = RunCondition.Parse(code, "--where", ["growth"]);

        Assert.Null(condition);
        Assert.StartsWith(message, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }
}

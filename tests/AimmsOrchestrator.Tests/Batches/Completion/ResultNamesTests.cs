using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Tests.Reports;

namespace AimmsOrchestrator.Tests.Batches.Completion;

/// <summary>Results that are asked for by name where no scenario declares any.</summary>
public sealed class ResultNamesTests
{
    [Fact]
    public void A_name_that_no_run_has_is_refused_once_all_have_gone_by()
    {
        var names = new ResultNames(["csot"]);

        var count = names.Of([Given.Run(0, "{}", """{"cost":1,"a":2}"""), Given.Run(1, "{}", null)]).Count();

        Assert.Equal(2, count);
        Assert.Equal("\"csot\" is not a result of either batch; there are a, cost", names.Problem);
    }

    [Theory]
    [InlineData("cost")]
    [InlineData(null)]
    public void A_name_that_any_run_has_will_do_and_so_does_none(string? name)
    {
        var names = new ResultNames(name is null ? null : [name]);

        Assert.Single(names.Of([Given.Run(0, "{}", """{"cost":1}""")]));
        Assert.Null(names.Problem);
    }
}

using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Tests.Domain.Policies.Suites;

/// <summary>What a batch relies on in a rule that may stop it.</summary>
/// <param name="enoughAtThree">Makes a rule for which three runs are enough, however they ended.</param>
public abstract class StopRuleSuite(Func<IStopRule> enoughAtThree)
{
    [Fact]
    public void It_stops_the_batch_where_it_holds_not_earlier_and_says_why_in_one_line()
    {
        var rule = enoughAtThree();

        Assert.Null(rule.Ended(RunResults.None));
        Assert.Null(rule.Ended(results: null));
        var why = rule.Ended(new RunResults("""{"cost":1}""", Notes: null, IsSuccess: false));

        Assert.False(string.IsNullOrWhiteSpace(why));
        Assert.DoesNotContain('\n', why);
        Assert.Null(rule.Failure);
    }

    [Fact]
    public void Each_batch_has_a_count_of_its_own()
    {
        var (one, other) = (enoughAtThree(), enoughAtThree());
        Assert.Null(one.Ended(RunResults.None));
        Assert.Null(one.Ended(RunResults.None));

        Assert.Null(other.Ended(RunResults.None));
        Assert.NotNull(one.Ended(RunResults.None));
    }
}

using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Domain;

/// <summary>The states that reports and progress count runs by.</summary>
public sealed class RunStateTests
{
    [Fact]
    public void The_word_of_a_state_is_its_name_in_lower_case() =>
        Assert.All(RunStates.All, state => Assert.Equal($"{state}".ToLowerInvariant(), state.Word()));

    [Fact]
    public void Each_state_is_counted_apart()
    {
        var counts = RunStates.All.Aggregate(StateCounts.None, (counts, state) => counts.Plus(state, 1 + (long)state));

        Assert.All(RunStates.All, state => Assert.Equal(1 + (long)state, counts[state]));
        Assert.Equal(66, counts.Total);
        Assert.Equal(9 + 10 + 11, counts.Ended);
    }

    [Fact]
    public void A_run_is_under_way_between_its_first_submit_and_its_end() =>
        Assert.Equal(
            RunStates.All.Except([RunState.Pending, RunState.Completed, RunState.Failed, RunState.Cancelled]),
            RunStates.UnderWay
        );
}

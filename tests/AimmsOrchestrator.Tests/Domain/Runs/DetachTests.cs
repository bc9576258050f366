using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Tests.Domain.Policies;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>How a run is left as it is, because the batch stops or drains.</summary>
public sealed class DetachTests : RunTest
{
    private static readonly RunEffect[] Detached = [new RunEffect.Detach()];

    [Fact]
    public void A_run_is_detached_at_once_unless_its_post_is_under_way()
    {
        foreach (var run in new[] { Run.New, Unconfirmed(), AtService(), Retrieving() })
        {
            Assert.Equal(Detached, After(run, new RunFact.DetachRequested()).Effects);
        }
    }

    [Fact]
    public void A_post_under_way_is_carried_through_and_its_answer_kept_before_the_run_is_detached()
    {
        var waits = After(Submitting(), new RunFact.DetachRequested());
        Assert.Empty(waits.Effects);

        var taken = After(waits.Next, new RunFact.SubmitAnswered(1, Task));
        Assert.IsType<Submitted>(Assert.Single(taken.Events));
        Assert.Equal(Detached, taken.Effects);

        var lost = After(waits.Next, new RunFact.SubmitAnswered(1, Lost));
        Assert.IsType<SubmitUnconfirmed>(Assert.Single(lost.Events));
        Assert.Equal(Detached, lost.Effects);
    }

    [Fact]
    public void A_run_that_ends_meanwhile_ends()
    {
        var ended = Retrieving().Apply(new RunCompleted(null, RunResults.None, Now));

        Assert.Empty(After(ended, new RunFact.DetachRequested()).Effects);
    }

    [Fact]
    public void A_draining_run_that_would_have_to_submit_again_is_detached()
    {
        var draining = After(AtService(), new RunFact.DrainRequested()).Next;
        var rules = new RunRules(
            new(TimeSpan.FromSeconds(1), 1, TimeSpan.FromSeconds(1)),
            AimmsOrchestrator.Domain.Policies.RetryPolicy.Default with
            {
                Condition = new FakeRetryCondition(),
            }
        );

        var again = Failed(draining, rules);

        Assert.IsType<AttemptFailed>(Assert.Single(again.Events));
        Assert.Equal(Detached, again.Effects);
    }

    [Fact]
    public void A_draining_run_at_the_service_is_polled_now()
    {
        Assert.Equal([new RunEffect.PollNow(Task)], After(AtService(), new RunFact.DrainRequested()).Effects);
    }
}

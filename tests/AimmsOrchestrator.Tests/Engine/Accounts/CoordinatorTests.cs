using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Domain.Throttling.Shares;
using AimmsOrchestrator.Engine;
using AimmsOrchestrator.Engine.Accounts;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;

namespace AimmsOrchestrator.Tests.Engine.Accounts;

/// <summary>The batches of one process share their account as the coordinator advises.</summary>
public sealed class CoordinatorTests : VirtualTimeTest
{
    private const string Account = "http://acme";

    private static readonly Limits Limits = new() { MaxUnfinishedTasks = 8 };

    private IActorRef _coordinator = ActorRefs.Nobody;

    [Fact]
    public void It_listens_first_then_answers_each_batch()
    {
        Begin();
        Demand(1);
        Demand(2);
        Advance(seconds: 1.1);
        ExpectNoMsg(TimeSpan.Zero);

        Advance(seconds: 0.2);

        Assert.Equal([4, 4], Shares(2));
    }

    [Fact]
    public void A_demand_that_changes_is_answered_at_once_and_all_shares_are_repeated()
    {
        Begin();
        Advance(seconds: 1.3);
        Demand(1);
        Assert.Equal([8], Shares(1));
        Demand(2);
        Assert.Equal([4, 4], Shares(2));

        Demand(2);
        ExpectNoMsg(TimeSpan.Zero);
        Demand(2, wanted: 1);
        Assert.Equal([1, 7], Shares(2).Order());
        Advance(seconds: 2);
        Assert.Equal([1, 7], Shares(2).Order());
    }

    [Fact]
    public void The_share_of_a_batch_that_ends_goes_to_the_others_at_once()
    {
        Begin();
        Advance(seconds: 1.3);
        Demand(1);
        Demand(2);
        Shares(3);

        Act(() => _coordinator.Tell(new DemandEnded(Account, 1)));

        Assert.Equal([8], Shares(1));
    }

    [Fact]
    public void A_batch_that_says_nothing_more_is_forgotten()
    {
        Begin();
        Advance(seconds: 1.3);
        Demand(1);
        Demand(2);
        Shares(3);
        for (var i = 0; i < 10; i++)
        {
            Advance(seconds: 0.5);
            Demand(2);
        }

        Assert.Equal(8, Shares(5)[^1]);
    }

    [Fact]
    public void Batches_of_other_processes_count_until_they_say_nothing_more()
    {
        Begin();
        Advance(seconds: 1.3);
        Demand(1);
        Assert.Equal([8], Shares(1));

        Act(() =>
            _coordinator.Tell(
                new OtherDemands([new Demand(Account, 2, 8, 0, Limits), new Demand(Account, 1, 1, 0, Limits)])
            )
        );
        Assert.Equal([4], Shares(1));
        for (var i = 0; i < 10; i++)
        {
            Advance(seconds: 0.5);
            Demand(1);
        }

        Assert.Equal([4, 4, 8], Shares(3));
    }

    [Fact]
    public void Accounts_do_not_share_with_each_other()
    {
        Begin();
        Advance(seconds: 1.3);
        Demand(1);
        Demand(2, account: "http://other");

        Assert.Equal([8, 8], Shares(2));
    }

    [Fact]
    public void Another_coordinator_takes_the_place_of_one_that_ended()
    {
        Begin();
        Advance(seconds: 1.3);
        Demand(1);
        Demand(2);
        Assert.Equal([8, 4, 4], Shares(3));

        Act(() => Sys.ActorSelection("/user/coordinators/*").Tell(PoisonPill.Instance));
        Advance(seconds: 0.2);
        Demand(1);
        Demand(2, wanted: 2);
        Advance(seconds: 1.3);

        Assert.Equal([6, 2], Shares(2));
    }

    private void Begin() => Act(() => _coordinator = Sys.ActorOf(CoordinatorActor.Supervised(Time), "coordinators"));

    private void Demand(long batch, int wanted = 8, string account = Account) =>
        Act(() => _coordinator.Tell(new Demand(account, batch, wanted, Held: 0, Limits), TestActor));

    /// <summary>The slots of the next shares.</summary>
    private List<int> Shares(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => ExpectMsg<Share>(TimeSpan.Zero).Slots)];
}

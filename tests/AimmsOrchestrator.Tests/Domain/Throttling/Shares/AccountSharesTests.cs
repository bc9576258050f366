using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Domain.Throttling.Shares;

namespace AimmsOrchestrator.Tests.Domain.Throttling.Shares;

/// <summary>What batches demand of an account, and what each gets.</summary>
public sealed class AccountSharesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly AccountShares _shares = new();

    [Fact]
    public void A_batch_alone_has_the_whole_account_whatever_it_wants()
    {
        Put(1, wanted: 0, new Limits { MaxUnfinishedTasks = 8, Submits = new Rate(60, Minute) });

        Assert.Equal(new Share(8, new Rate(60, Minute), null), At(0)[1]);
    }

    [Fact]
    public void Slots_and_rates_are_shared_by_priority()
    {
        var limits = new Limits { MaxUnfinishedTasks = 8, Submits = new Rate(70, Minute) };
        Put(1, wanted: 8, limits with { Priority = Priority.High });
        Put(2, wanted: 8, limits);
        Put(3, wanted: 8, limits with { Priority = Priority.Low });

        var shares = At(0);

        Assert.Equal([5, 2, 1], new long[] { 1, 2, 3 }.Select(batch => shares[batch].Slots));
        Assert.Equal([40, 20, 10], new long[] { 1, 2, 3 }.Select(batch => shares[batch].Submits!.Count));
        Assert.All(shares.Values, share => Assert.Null(share.Requests));
    }

    [Fact]
    public void A_batch_that_needs_less_leaves_the_rest_to_the_others()
    {
        Put(1, wanted: 2, new Limits());
        Put(2, wanted: 8, new Limits());

        Assert.Equal((2, 6), (At(0)[1].Slots, At(0)[2].Slots));
    }

    [Fact]
    public void Its_own_limit_bounds_a_batchs_share_and_the_highest_says_how_much_there_is()
    {
        Put(1, wanted: 8, new Limits { MaxUnfinishedTasks = 2 });
        Put(2, wanted: 8, new Limits { MaxUnfinishedTasks = 8 });

        Assert.Equal((2, 6), (At(0)[1].Slots, At(0)[2].Slots));
    }

    [Fact]
    public void What_is_known_of_the_account_says_how_much_there_is()
    {
        var account = new LimitCeilings { UnfinishedTasks = 8, Submits = new Rate(60, Minute) };
        var limits = new Limits { Account = account, Submits = account.Submits };
        Put(1, wanted: 8, limits with { MaxUnfinishedTasks = 2 });
        Put(2, wanted: 8, limits with { MaxUnfinishedTasks = 3, Submits = new Rate(12, Minute) });

        var (one, other) = (At(0)[1], At(0)[2]);

        Assert.Equal((2, 3), (one.Slots, other.Slots));
        Assert.Equal((30, 12), (one.Submits!.Count, other.Submits!.Count));
    }

    [Fact]
    public void A_slot_that_cannot_be_divided_goes_round()
    {
        List<int> first = [];
        for (var at = 0; at < 60; at += 2)
        {
            foreach (var batch in new[] { 1, 2, 3 })
            {
                Put(batch, wanted: 8, new Limits { MaxUnfinishedTasks = 8 }, at);
            }

            _shares.NextTurn(TimeSpan.FromSeconds(at));
            first.Add(At(at)[1].Slots);
        }

        // 8/3 on average, and the same in between two turns.
        Assert.Equal(80, first.Sum());
        Assert.Equal(first[^1], At(59)[1].Slots);
    }

    [Fact]
    public void Of_more_batches_than_a_rate_has_uses_each_gets_one_now_and_then()
    {
        foreach (var batch in new[] { 1, 2, 3 })
        {
            Put(batch, wanted: 1, new Limits { Submits = new Rate(2, Minute) });
        }

        Assert.All(At(0).Values, share => Assert.Equal(new Rate(1, 3 * Minute), share.Submits));
    }

    [Fact]
    public void A_batch_that_says_nothing_is_forgotten_after_three_seconds()
    {
        Put(1, wanted: 8, new Limits());
        Put(2, wanted: 8, new Limits(), at: 2);

        Assert.Equal(4, At(3)[2].Slots);
        Assert.Equal([2L], At(3.1).Keys);
        Assert.Equal(8, At(3.1)[2].Slots);
        Assert.Empty(At(6));
        Assert.True(_shares.IsEmpty);
    }

    private void Put(long batch, int wanted, Limits limits, double at = 0) =>
        _shares.Put(new Demand("http://acme", batch, wanted, Held: 0, limits), TimeSpan.FromSeconds(at));

    private IReadOnlyDictionary<long, Share> At(double seconds) => _shares.At(TimeSpan.FromSeconds(seconds));
}

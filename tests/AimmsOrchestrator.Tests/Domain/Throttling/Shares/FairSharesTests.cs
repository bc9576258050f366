using AimmsOrchestrator.Domain.Throttling.Shares;
using CsCheck;

namespace AimmsOrchestrator.Tests.Domain.Throttling.Shares;

/// <summary>Slots are divided among batches as water fills vessels.</summary>
public sealed class FairSharesTests
{
    private const long Cases = 10_000;

    private static readonly Gen<Wanted[]> Demands = Gen.Select(
            Gen.Int[0, 40],
            Gen.Int[0, 2].Select(power => 1 << power)
        )
        .Array[0, 12]
        .Select(all => all.Select((wanted, i) => new Wanted(i + 1, wanted.Item1, wanted.Item2)).ToArray());

    private static readonly Gen<(int Slots, Wanted[] Wanted)> Divisions = Gen.Select(Gen.Int[0, 100], Demands);

    [Theory]
    [InlineData(8, new[] { 100, 100, 100 }, new[] { 2, 2, 2 }, new[] { 3, 3, 2 })]
    [InlineData(7, new[] { 100, 100, 100 }, new[] { 4, 2, 1 }, new[] { 4, 2, 1 })]
    [InlineData(14, new[] { 100, 100, 100 }, new[] { 4, 2, 1 }, new[] { 8, 4, 2 })]
    [InlineData(8, new[] { 1, 100 }, new[] { 4, 1 }, new[] { 1, 7 })]
    [InlineData(8, new[] { 0, 3, 2 }, new[] { 2, 2, 2 }, new[] { 0, 3, 2 })]
    [InlineData(3, new[] { 100, 100, 100 }, new[] { 4, 4, 1 }, new[] { 1, 1, 1 })]
    [InlineData(2, new[] { 9, 9, 9 }, new[] { 1, 2, 4 }, new[] { 0, 1, 1 })]
    [InlineData(0, new[] { 9 }, new[] { 1 }, new[] { 0 })]
    public void Some_divisions_worked_out_by_hand(int slots, int[] wanted, int[] weights, int[] shares) =>
        Assert.Equal(
            shares,
            FairShares
                .Of(slots, wanted.Select((want, i) => new Wanted(i + 1, want, weights[i])))
                .OrderBy(share => share.Key)
                .Select(share => share.Value)
        );

    [Fact]
    public void All_slots_that_are_wanted_are_given_and_no_others() =>
        Divisions.Sample(
            (slots, wanted) =>
            {
                var shares = FairShares.Of(slots, wanted);
                Assert.Equal(Math.Min(slots, wanted.Sum(batch => batch.Slots)), shares.Values.Sum());
                Assert.All(wanted, batch => Assert.InRange(shares[batch.Batch], 0, batch.Slots));
            },
            iter: Cases
        );

    [Fact]
    public void The_order_of_the_batches_changes_nothing() =>
        Gen.Select(Divisions, Gen.Int)
            .Sample(
                (division, seed) =>
                {
                    var shuffled = division.Wanted.OrderBy(batch => HashCode.Combine(batch.Batch, seed));
                    Assert.Equal(
                        FairShares.Of(division.Slots, division.Wanted).OrderBy(share => share.Key),
                        FairShares.Of(division.Slots, shuffled).OrderBy(share => share.Key)
                    );
                },
                iter: Cases
            );

    [Fact]
    public void A_greater_weight_never_costs_a_slot() =>
        Gen.Select(Divisions.Where(division => division.Wanted.Length > 0), Gen.Int[0, 11])
            .Sample(
                (division, which) =>
                {
                    var heavier = division.Wanted.ToArray();
                    var batch = which % heavier.Length;
                    heavier[batch] = heavier[batch] with { Weight = heavier[batch].Weight * 2 };
                    var number = heavier[batch].Batch;
                    Assert.True(
                        FairShares.Of(division.Slots, heavier)[number]
                            >= FairShares.Of(division.Slots, division.Wanted)[number]
                    );
                },
                iter: Cases
            );

    [Fact]
    public void No_batch_is_below_its_part_while_it_wants_more() =>
        Divisions.Sample(
            (slots, wanted) =>
            {
                var shares = FairShares.Of(slots, wanted);
                List<Wanted> live = [.. wanted.Where(batch => batch.Slots > 0)];
                var suffice = live.Count <= slots;
                var weights = live.Sum(batch => batch.Weight);
                foreach (var batch in live.Where(batch => shares[batch.Batch] < batch.Slots && suffice))
                {
                    Assert.True(shares[batch.Batch] >= 1);

                    // Where the first slots for all leave everyone its part, that is the part by weight, rounded down.
                    if (live.TrueForAll(other => slots * other.Weight >= weights))
                    {
                        Assert.True(shares[batch.Batch] >= slots * batch.Weight / weights);
                    }

                    // No other batch has a slot that would be better here.
                    Assert.All(
                        live.Where(other => shares[other.Batch] > 1),
                        other =>
                            Assert.True(
                                (shares[batch.Batch] + 1.0) / batch.Weight >= (double)shares[other.Batch] / other.Weight
                            )
                    );
                }
            },
            iter: Cases
        );
}

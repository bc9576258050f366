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
                .Select(share => share.Value.Slots)
        );

    [Fact]
    public void All_slots_that_are_wanted_are_given_and_no_others() =>
        Divisions.Sample(
            (slots, wanted) =>
            {
                var shares = FairShares.Of(slots, wanted);
                Assert.Equal(
                    Math.Min(slots, wanted.Sum(batch => batch.Slots)),
                    shares.Values.Sum(share => share.Slots)
                );
                Assert.All(wanted, batch => Assert.InRange(shares[batch.Batch].Slots, 0, batch.Slots));
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
                        FairShares.Of(division.Slots, heavier)[number].Slots
                            >= FairShares.Of(division.Slots, division.Wanted)[number].Slots
                    );
                },
                iter: Cases
            );

    [Fact]
    public void Each_batch_gets_its_part_rounded_and_one_at_least_where_the_slots_suffice() =>
        Divisions.Sample(
            (slots, wanted) =>
            {
                var shares = FairShares.Of(slots, wanted);
                List<Wanted> live = [.. wanted.Where(batch => batch.Slots > 0)];
                foreach (var batch in live)
                {
                    var (share, quota) = shares[batch.Batch];
                    Assert.InRange(share, quota - 1, quota + 1);
                    Assert.True(share >= 1 || live.Count > slots);
                    Assert.All(
                        live.Where(other => quota < batch.Slots && shares[other.Batch].Quota > 1),
                        other =>
                            Assert.True(
                                quota / batch.Weight >= (shares[other.Batch].Quota / other.Weight) - 1e-9,
                                "A batch that wants more has less per weight than another one that has more than its first slot."
                            )
                    );
                }
            },
            iter: Cases
        );

    [Fact]
    public void Over_time_each_batch_gets_its_quota() =>
        Divisions.Sample(
            (slots, wanted) =>
            {
                const int Turns = 50;
                var (had, due) = (new double[wanted.Length], new double[wanted.Length]);
                for (var turn = 0; turn < Turns; turn++)
                {
                    var shares = FairShares.Of(slots, wanted.Select((one, i) => one with { Missed = due[i] - had[i] }));
                    foreach (var (i, one) in wanted.Index())
                    {
                        had[i] += shares[one.Batch].Slots;
                        due[i] += shares[one.Batch].Quota;
                    }
                }

                Assert.All(had.Zip(due), one => Assert.InRange(one.First, one.Second - 2, one.Second + 2));
            },
            iter: Cases / 50
        );
}

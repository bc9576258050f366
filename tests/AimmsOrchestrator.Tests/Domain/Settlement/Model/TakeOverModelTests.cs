using AimmsOrchestrator.Domain.Runs;
using Xunit.Abstractions;

namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>Every way in which a driver is frozen and thaws while another one takes its batch over, followed to its end.</summary>
public sealed class TakeOverModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 1, 1, 1, 1, false, 16_000)]
    [InlineData(1, 1, 2, 0, 1, false, 11_000)]
    [InlineData(2, 1, 1, 0, 1, false, 17_000)]
    [InlineData(2, 2, 1, 0, 0, false, 33_000)]
    [InlineData(1, 1, 1, 0, 1, true, 6_900)]
    public void No_run_is_taken_twice_however_long_its_driver_was_frozen(
        int runs,
        int slots,
        int freezes,
        int losses,
        int crawls,
        bool clocks,
        int fewestPaths
    )
    {
        var bounds = new TakeOverBounds(runs, slots, freezes, losses, crawls) { Clocks = clocks };
        var (paths, twice, withheld, refused) = Explore(bounds);

        Assert.Equal(0, twice);
        Assert.InRange(paths, fewestPaths, int.MaxValue);
        Assert.True(withheld > 0, "no lease was ever asked in vain");
        Assert.True(refused > 0, "no driver ever wrote under an old epoch");
    }

    [Fact]
    public void Without_a_lease_a_driver_that_thaws_sends_a_run_twice() =>
        Assert.NotEqual(0, Explore(new TakeOverBounds(1, 1, 1, 0, 0) { IsLeased = false }).Twice);

    [Fact]
    public void With_a_lease_that_any_sign_of_life_renews_it_does_too() =>
        Assert.NotEqual(0, Explore(new TakeOverBounds(1, 1, 1, 0, 0) { ReadsClaims = false }).Twice);

    [Fact]
    public void A_successor_that_does_not_wait_for_what_is_on_its_way_sends_a_run_twice() =>
        Assert.NotEqual(0, Explore(new TakeOverBounds(1, 1, 1, 0, 1) { Waits = false }).Twice);

    private (int Paths, int Twice, int Withheld, int Refused) Explore(TakeOverBounds bounds)
    {
        var choices = new Choices();
        var (paths, twice, withheld, refused) = (0, 0, 0, 0);
        do
        {
            var model = new TakeOverModel(choices, bounds);
            try
            {
                model.Run();
                var isTwice = Enumerable
                    .Range(0, bounds.Runs)
                    .Any(run => model.World.Tasks.Count(task => task.Owner == run) > 1);
                twice += isTwice ? 1 : 0;
                if (bounds is { IsLeased: true, ReadsClaims: true, Waits: true })
                {
                    Assert.False(isTwice, "a run was taken twice");
                    Assert.InRange(model.MostUnfinished, 0, bounds.Slots);
                    Assert.True(bounds.Clocks || model.Runs.All(run => run.Phase == RunPhase.Completed));
                }
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"choices {choices}: {e.Message}\n{model.Story}", e);
            }

            paths++;
            withheld += model.Withheld;
            refused += model.Refused;
        } while (choices.Advance());

        output.WriteLine($"{paths} paths, {twice} with a run taken twice; {withheld} withheld, {refused} refused");
        return (paths, twice, withheld, refused);
    }
}

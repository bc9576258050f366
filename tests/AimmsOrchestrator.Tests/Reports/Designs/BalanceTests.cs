using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Tests.Reports.Designs;

/// <summary>When parameters do not vary independently.</summary>
public sealed class BalanceTests
{
    /// <summary>
    /// Four draws of x with 25 runs each. The parameters a and b are equal, and so are x and c: their correlation is 1. Chance explains
    /// up to 4 / sqrt(4) = 2 between four draws, and 4 / sqrt(100) = 0.4 between 100 runs.
    /// </summary>
    [Theory]
    [InlineData("a b", true)]
    [InlineData("x c", false)]
    public void Draws_count_only_for_a_pair_of_which_one_is_drawn(string pair, bool areDependent)
    {
        var frame = RunFrame.Of(
            Given.Batch(["x", "a", "b", "c"], []),
            Enumerable
                .Range(0, 100)
                .Select(i =>
                    Given.Run(i, Given.Json(("x", i / 25), ("a", i % 25), ("b", i % 25), ("c", i / 25)), results: null)
                )
        );
        FrameColumn[] chosen = [.. frame.Parameters.Where(p => pair.Split(' ').Contains(p.Name))];
        var draws = IndependentDraws.Of(frame.Count, [frame.Parameters[0]], [.. frame.Parameters.Skip(1)]);

        Assert.Equal(areDependent, Balance.AreDependent(chosen, [.. Enumerable.Range(0, frame.Count)], draws));
    }
}

using AimmsOrchestrator.Batches.Catalog;

namespace AimmsOrchestrator.Tests.Batches;

/// <summary>What is said of a batch that is not in the workspace.</summary>
public sealed class BatchLookupTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(1, 9).Select(i => $"other-{10 - i}"), "transport-1"];

    [Theory]
    [InlineData("transprot-1", "; did you mean \"transport-1\"?")]
    [InlineData("transprot", "; did you mean \"transport\"?")]
    [InlineData("q", "; the latest are other-9, other-8, other-7, other-6, other-5")]
    public void The_nearest_name_is_offered_or_else_the_latest_batches(string name, string hint) =>
        Assert.Equal(hint, BatchLookup.Hint(name, Ids, ["other", "transport"]));
}

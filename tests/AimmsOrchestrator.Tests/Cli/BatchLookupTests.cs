using AimmsOrchestrator.Cli.Commands;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>What is told of a batch that nobody can find.</summary>
public sealed class BatchLookupTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(1, 9).Select(i => $"other-{10 - i}"), "transport-1"];

    [Theory]
    [InlineData("transprot-1", "; did you mean \"transport-1\"?")]
    [InlineData("transprot", "; did you mean \"transport\"?")]
    [InlineData("q", "; the latest are other-9, other-8, other-7, other-6, other-5")]
    public void The_nearest_name_is_meant_and_where_none_is_near_the_latest_are_told(string name, string hint) =>
        Assert.Equal(hint, BatchLookup.Hint(name, Ids, ["other", "transport"]));
}

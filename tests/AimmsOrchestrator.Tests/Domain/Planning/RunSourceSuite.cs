using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Tests.Domain.Planning;

/// <summary>What the engine relies on where runs come from.</summary>
/// <param name="source">A source of ten runs.</param>
public abstract class RunSourceSuite(IRunSource source)
{
    [Fact]
    public void Runs_come_in_their_order_from_any_index_on()
    {
        Assert.Equal(10, source.Count);
        Assert.Equal(Enumerable.Range(0, 10), source.From(0).Select(run => (int)run.Index));
        Assert.Equal([7, 8, 9], source.From(7).Select(run => (int)run.Index));
        Assert.Empty(source.From(10));
    }

    [Fact]
    public void Each_walk_makes_the_same_runs_anew_and_two_may_go_on_at_once()
    {
        using var one = source.From(2).GetEnumerator();
        using var other = source.From(0).GetEnumerator();
        Assert.True(one.MoveNext() && other.MoveNext() && other.MoveNext() && other.MoveNext());

        Assert.Equal((one.Current.Index, one.Current.Name), (other.Current.Index, other.Current.Name));
        Assert.Equal(one.Current.Key, other.Current.Key);
        Assert.Equal(one.Current.Request!.Body.ToArray(), other.Current.Request!.Body.ToArray());
    }
}

using AimmsOrchestrator.Cluster;
using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Cluster.Settings;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Tests.Cluster.Settings;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Cluster;

/// <summary>Nodes in one process on loopback, with a database that hands out epochs: who drives what, and what happens when a node goes.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private readonly SharedDatabase _database = new();
    private readonly List<TestNode> _nodes = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Each_batch_has_one_driver_and_a_node_that_leaves_hands_its_batches_over_in_order()
    {
        var (first, second) = await StartTwoAsync();
        _database.Add(1, 2, 3, 4);
        await Waiting.UntilAsync(() => Batches(1, 2, 3, 4).All(driver => driver is not null));
        Assert.Equal(4, _database.Taken.Count);
        Assert.Equal(["a", "b"], Batches(1, 2, 3, 4).Distinct().Order());
        Assert.Equal([NodeState.Up, NodeState.Up], second.View.Nodes.Select(node => node.State));
        Assert.Equal([false, true], second.View.Nodes.Select(node => node.IsSelf));

        first.Driver.Drain = TimeSpan.FromMilliseconds(300);
        var leaving = _database.Now;
        var stop = first.StopAsync();
        await Waiting.UntilAsync(() => !first.View.TakesPart);
        await Waiting.UntilAsync(() => Batches(1, 2, 3, 4).All(driver => driver == "b"));
        var taken = _database.Taken[^1].At - leaving;
        await stop;

        Assert.Equal(6, _database.Taken.Count);
        // In order, and not since the time for it was up.
        Assert.True(
            taken < ClusterConfiguration.LongestHandOver,
            $"{taken} from the signal to the last batch's new driver"
        );
        Assert.False(first.View.Lost.IsCompleted);
        await Waiting.UntilAsync(() => second.View.Nodes.Count == 1);
    }

    [Fact]
    public async Task A_node_that_leaves_hands_over_what_it_drives_to_another_one_without_the_reviver()
    {
        var (first, second) = await StartTwoAsync();
        await Waiting.UntilAsync(() => first.View.Nodes.All(node => node.State == NodeState.Up));
        (first.Driver.IsBlind, second.Driver.IsBlind) = (true, true);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var leaving = first.View.LeaveAsync(left.Task);
        await Waiting.UntilAsync(() => !first.View.TakesPart);
        _database.Add(1);

        first.View.HandOver(new LeftBatch(1, 0, IsGivenUp: true));

        await Waiting.UntilAsync(() => _database.DriverOf(1) == "b");
        Assert.False(leaving.IsCompleted);
        left.SetResult();
        await leaving.WaitAsync(Waiting.Patience);
    }

    [Fact]
    public async Task What_a_node_drove_that_is_stopped_hard_the_other_one_drives()
    {
        var (first, second) = await StartTwoAsync();
        _database.Add(1, 2);
        await Waiting.UntilAsync(() => Batches(1, 2).All(driver => driver is not null));

        var killed = _database.Now;
        await first.KillAsync();
        await Waiting.UntilAsync(() => Batches(1, 2).All(driver => driver == "b"));
        var taken = _database.Taken[^1].At - killed;

        Assert.Equal(3, _database.Taken.Count);
        Assert.True(taken < TimeSpan.FromMinutes(3), $"{taken} from the kill to the batch's new driver");
        Assert.True(second.View.TakesPart);
        Assert.False(second.View.Lost.IsCompleted);
    }

    [Fact]
    public async Task A_node_that_the_others_remove_says_so_and_leaves_what_it_drives()
    {
        var (first, second) = await StartTwoAsync();
        _database.Add(1, 2);
        await Waiting.UntilAsync(() => Batches(1, 2).All(driver => driver is not null));

        second.Remove(first);

        Assert.Contains("has removed this node", await first.View.Lost.WaitAsync(Waiting.Patience));
        Assert.False(first.View.TakesPart);
        await Waiting.UntilAsync(() => Batches(1, 2).All(driver => driver == "b"));
        Assert.Equal(3, _database.Taken.Count);
    }

    [Fact]
    public async Task A_node_without_its_shard_region_says_so_and_no_message_of_a_later_version_ends_it()
    {
        var node = await StartAsync("a", null);
        await Waiting.UntilAsync(() => node.View.TakesPart);
        _database.Add(1);
        node.Send(new UnknownMessage("wake-2"));
        await Waiting.UntilAsync(() => _database.DriverOf(1) is not null);
        Assert.False(node.View.Lost.IsCompleted);

        node.StopRegion();

        Assert.Contains("can be given no batches", await node.View.Lost.WaitAsync(Waiting.Patience));
        Assert.False(node.View.TakesPart);
    }

    [Fact]
    public async Task A_port_that_another_process_has_is_named()
    {
        var first = await StartAsync("a", null);
        var options = new BatchClusterOptions { Port = first.Address.Port };

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => TestNode.StartAsync("b", _database, options));

        Assert.StartsWith(
            $"{first.Address} cannot be listened on: ",
            ClusterServices.WhyNotListening(options, failure)
        );
        Assert.Null(ClusterServices.WhyNotListening(options, new InvalidOperationException("a bug")));
    }

    [Fact]
    public async Task With_certificates_no_node_joins_that_has_none_of_the_same_authority()
    {
        using var folder = new TemporaryFolder();
        using var own = new TestAuthority(folder, "own");
        using var other = new TestAuthority(folder, "other");
        using var tls = own.Node();
        using var fellow = own.Node();
        using var foreign = other.Node(alsoTrusts: own);
        var first = await StartAsync("a", null, tls);
        await Waiting.UntilAsync(() => first.View.TakesPart);
        var rogue = await StartAsync("rogue", first, foreign);
        var plain = await StartAsync("plain", first);

        // They have tried for as long as the one that is accepted takes to join, and longer.
        var second = await StartAsync("b", first, fellow);
        await Waiting.UntilAsync(() => second.View.TakesPart);

        Assert.Equal(
            new[] { first, second }.Select(node => node.Address.ToString()).Order(),
            first.View.Nodes.Select(node => node.Address).Order()
        );
        Assert.False(rogue.View.TakesPart || plain.View.TakesPart);
    }

    [Fact]
    public async Task A_node_whose_authority_has_not_issued_its_fellow_s_certificate_is_lost_and_says_why()
    {
        using var folder = new TemporaryFolder();
        using var own = new TestAuthority(folder, "own");
        using var other = new TestAuthority(folder, "other");
        using var tls = own.Node();
        using var foreign = other.Node();
        var first = await StartAsync("a", null, tls);
        await Waiting.UntilAsync(() => first.View.TakesPart);

        var stranger = await StartAsync("stranger", first, foreign);

        Assert.StartsWith(
            "the certificates of this node and of another one",
            await stranger.View.Lost.WaitAsync(Waiting.Patience)
        );
        Assert.True(first.View.TakesPart);
    }

    private async Task<(TestNode First, TestNode Second)> StartTwoAsync()
    {
        var first = await StartAsync("a", null);
        await Waiting.UntilAsync(() => first.View.TakesPart);
        var second = await StartAsync("b", first);
        await Waiting.UntilAsync(() => second.View.TakesPart && first.View.Nodes.Count == 2);

        // A node registers its region a moment after it has joined: what is woken before goes to the other one.
        await Waiting.UntilAsync(async () => await first.CountRegionsAsync() == 2);
        return (first, second);
    }

    private async Task<TestNode> StartAsync(string name, TestNode? join, ClusterTls? tls = null)
    {
        var options = new BatchClusterOptions { Join = join is null ? [] : [join.Address], Tls = tls };
        var node = await TestNode.StartAsync(name, _database, options);
        _nodes.Add(node);
        return node;
    }

    private IReadOnlyList<string?> Batches(params IEnumerable<long> batches) => [.. batches.Select(_database.DriverOf)];
}

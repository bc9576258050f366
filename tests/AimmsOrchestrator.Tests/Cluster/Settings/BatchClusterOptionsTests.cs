using AimmsOrchestrator.Cluster;
using AimmsOrchestrator.Cluster.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AimmsOrchestrator.Tests.Cluster.Settings;

/// <summary>How a node is reached, and which nodes it joins: one sentence for each thing that is wrong.</summary>
public sealed class BatchClusterOptionsTests
{
    [Theory]
    [InlineData("node1:8701", "node1", 8701)]
    [InlineData("10.0.0.7:1", "10.0.0.7", 1)]
    [InlineData("[fe80::1]:65535", "fe80::1", 65535)]
    public void An_address_is_read_and_written_alike(string text, string host, int port)
    {
        Assert.True(NodeAddress.TryParse(text, out var address, out _));
        Assert.Equal(new NodeAddress(host, port), address);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("akka.tcp://aimms-batch@node1:8701", "has a scheme or a name before its host")]
    [InlineData("http://node1:8701", "has a scheme or a name before its host")]
    [InlineData("node1", "has no port")]
    [InlineData(":8701", "has no port")]
    [InlineData("[::1]", "has no port")]
    [InlineData("node1:", "is no number from 1 to 65535")]
    [InlineData("node1:0", "is no number from 1 to 65535")]
    [InlineData("node1:65536", "is no number from 1 to 65535")]
    [InlineData("node1:+80", "is no number from 1 to 65535")]
    [InlineData("fe80::1:8701", "is neither a name nor an address")]
    [InlineData("[node1]:8701", "is neither a name nor an address")]
    [InlineData("no de:8701", "is neither a name nor an address")]
    public void What_is_no_address_is_named_with_the_text(string text, string problem)
    {
        Assert.False(NodeAddress.TryParse(text, out _, out var found));
        Assert.Contains(problem, found);
        Assert.Contains($"\"{text}\"", found);
    }

    [Fact]
    public void What_can_be_used_has_no_problems()
    {
        Assert.Empty(new BatchClusterOptions().Problems());
        Assert.Empty(
            new BatchClusterOptions
            {
                Listen = "0.0.0.0",
                Port = 8701,
                PublicHost = "node1",
                Join = [new NodeAddress("node2", 8701), new NodeAddress("node3", 8701)],
                Version = "1.2.3-rc.1+abc",
            }.Problems()
        );
    }

    [Fact]
    public void Each_problem_is_a_sentence()
    {
        Problem(new() { Port = 70000 }, "the port of a node is 0 to 65535, not 70000");
        Problem(new() { PublicPort = 0 }, "the port of a node is 0 to 65535, not 0");
        Problem(new() { Listen = "no de", PublicHost = "node1" }, "a node cannot listen at \"no de\"");
        Problem(new() { Listen = "0.0.0.0" }, "other nodes cannot reach 0.0.0.0");
        Problem(new() { PublicHost = "[::]" }, "other nodes cannot reach [::]");
        Problem(new() { PublicHost = "no de" }, "other nodes cannot reach \"no de\"");
        Problem(new() { Join = [new("node2", 1)] }, "node2:1 cannot reach 127.0.0.1");
        Problem(new() { Join = [new("localhost", 1), new("localhost", 1)] }, "localhost:1 is there 2 times");
        Problem(new() { Join = [new("0.0.0.0", 1)] }, "0.0.0.0:1 cannot be joined");
        Problem(new() { Version = "new" }, "\"new\" is no version");
    }

    [Fact]
    public void Nothing_starts_with_a_problem()
    {
        var options = new BatchClusterOptions { Port = -1, Listen = "0.0.0.0" };

        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddBatchCluster(options));

        Assert.Equal(2, refused.Message.Split('\n').Length);
    }

    private static void Problem(BatchClusterOptions options, string expected) =>
        Assert.StartsWith(expected, Assert.Single(options.Problems()));
}

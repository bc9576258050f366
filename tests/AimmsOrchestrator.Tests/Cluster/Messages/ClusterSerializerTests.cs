using System.Text;
using AimmsOrchestrator.Cluster.Batches;
using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Tests.Cluster.Batches;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;
using Akka.Serialization;

namespace AimmsOrchestrator.Tests.Cluster.Messages;

/// <summary>What crosses nodes: messages of this version, and of others.</summary>
public sealed class ClusterSerializerTests() : VirtualTimeTest(BatchEntityTests.Serialized)
{
    private ClusterSerializer Serializer => new((ExtendedActorSystem)Sys);

    [Fact]
    public void A_message_comes_back_as_it_was()
    {
        var wake = new Wake(long.MaxValue, 12);
        var found = Assert.IsType<ClusterSerializer>(Sys.Serialization.FindSerializerFor(wake));

        Assert.Equal("wake", found.Manifest(wake));
        Assert.Equal("""{"Batch":9223372036854775807,"Epoch":12}""", Encoding.UTF8.GetString(found.ToBinary(wake)));
        Assert.Equal(wake, found.FromBinary(found.ToBinary(wake), "wake"));
    }

    [Fact]
    public void A_member_that_this_version_does_not_know_is_ignored() =>
        Assert.Equal(new Wake(1, 2), Serializer.FromBinary("""{"Batch":1,"Epoch":2,"Part":3}"""u8.ToArray(), "wake"));

    [Theory]
    [InlineData("wake-2", """{"Batch":1,"Epoch":2}""")]
    [InlineData("wake", """{"Batch":1}""")]
    [InlineData("wake", """{"Batch":"one","Epoch":2}""")]
    [InlineData("wake", "null")]
    [InlineData("wake", "")]
    public void What_this_version_does_not_know_is_no_exception_and_is_for_no_batch(string manifest, string json)
    {
        object? message = null;
        Act(() => message = Serializer.FromBinary(Encoding.UTF8.GetBytes(json), manifest));

        Assert.Equal(new UnknownMessage(manifest), message);
        Assert.Null(new BatchShards().EntityId(message!));
        Assert.Null(new BatchShards().ShardId(message!));
    }

    [Fact]
    public void A_batch_is_in_one_shard_however_it_is_asked_for()
    {
        var shards = new BatchShards();

        Assert.Equal("1234567", shards.EntityId(new Wake(1234567, 1)));
        Assert.Equal("67", shards.ShardId(new Wake(1234567, 1)));
        Assert.Equal("67", shards.ShardId("1234567"));
        Assert.Equal(1234567, BatchShards.BatchOf("1234567"));
    }
}

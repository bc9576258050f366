using AimmsOrchestrator.Cluster.Batches;
using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;

namespace AimmsOrchestrator.Tests.Cluster.Batches;

/// <summary>What another node has given up, or does not drive, is driven here.</summary>
public sealed class HeirTests() : VirtualTimeTest(BatchEntityTests.Serialized)
{
    private readonly SteeredDriver _driver = new();
    private IActorRef _heir = ActorRefs.Nobody;

    [Fact]
    public void It_drives_each_batch_once_however_often_it_is_woken()
    {
        Wake(new Wake(7, 3), new Wake(8, 1), new Wake(7, 3));

        Assert.Equal([new LeftBatch(7, 3), new LeftBatch(8, 1)], _driver.Asked);
    }

    [Fact]
    public void A_batch_whose_execution_has_ended_is_driven_again_once_it_is_left_again()
    {
        Wake(new Wake(7, 3));
        Act(_driver.Ended.SetResult);

        Wake(new Wake(7, 4));

        Assert.Equal([new LeftBatch(7, 3), new LeftBatch(7, 4)], _driver.Asked);
    }

    [Fact]
    public void What_cannot_be_driven_is_tried_again_less_and_less_often()
    {
        _driver.Answer = _ => throw new InvalidOperationException("a bug");
        for (var i = 0; i < 20; i++)
        {
            Wake(new Wake(7, 3));
            Advance(seconds: 0.5);
        }

        Assert.Equal(4, _driver.Asked.Count);
    }

    private void Wake(params IEnumerable<Wake> batches) =>
        Act(() =>
        {
            _heir = _heir.IsNobody() ? Sys.ActorOf(HeirActor.Props(_driver), HeirActor.Name) : _heir;
            foreach (var batch in batches)
            {
                _heir.Tell(batch);
            }
        });
}

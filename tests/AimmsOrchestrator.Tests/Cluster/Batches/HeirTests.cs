using AimmsOrchestrator.Cluster.Batches;
using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;

namespace AimmsOrchestrator.Tests.Cluster.Batches;

/// <summary>What a node that leaves has given up is driven here at once.</summary>
public sealed class HeirTests() : VirtualTimeTest(BatchEntityTests.Serialized)
{
    private readonly SteeredDriver _driver = new();

    [Fact]
    public void It_drives_each_batch_that_it_is_handed()
    {
        HandOver(new Wake(7, 3), new Wake(8, 1));

        Assert.Equal([new LeftBatch(7, 3, IsGivenUp: true), new LeftBatch(8, 1, IsGivenUp: true)], _driver.Asked);
    }

    [Fact]
    public void A_batch_that_it_cannot_drive_is_no_harm_to_the_next_one()
    {
        var answers = new Queue<Func<DriveAnswer>>([
            () => throw new InvalidOperationException("a bug"),
            () => new DriveAnswer.Failed("this node is leaving"),
            () => new DriveAnswer.Over(),
        ]);
        _driver.Answer = _ => Task.FromResult(answers.Dequeue()());
        HandOver(new Wake(1, 1), new Wake(2, 1), new Wake(3, 1));

        Assert.Equal([1L, 2, 3], _driver.Asked.Select(batch => batch.Number));
    }

    private void HandOver(params IEnumerable<Wake> batches) =>
        Act(() =>
        {
            var heir = Sys.ActorOf(HeirActor.Props(_driver));
            foreach (var batch in batches)
            {
                heir.Tell(batch);
            }
        });
}

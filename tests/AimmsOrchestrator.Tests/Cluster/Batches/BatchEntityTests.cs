using AimmsOrchestrator.Cluster.Batches;
using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace AimmsOrchestrator.Tests.Cluster.Batches;

/// <summary>One batch on the node that should drive it, from being woken to its end or its hand-over.</summary>
public sealed class BatchEntityTests() : VirtualTimeTest(Serialized)
{
    internal const string Serialized = """
        akka.actor {
          serialize-messages = on
          serializers.batch-cluster = "AimmsOrchestrator.Cluster.Messages.ClusterSerializer, AimmsOrchestrator.Cluster"
          serialization-bindings { "AimmsOrchestrator.Cluster.Messages.ICrossesNodes, AimmsOrchestrator.Cluster" = batch-cluster }
        }
        """;

    private readonly SteeredDriver _driver = new();
    private IActorRef _entity = ActorRefs.Nobody;

    [Fact]
    public void It_drives_once_however_often_it_is_woken()
    {
        Begin();
        Wake(epoch: 3);
        Wake(epoch: 3);
        Wake(epoch: 4);

        Assert.Equal([new LeftBatch(7, 3)], _driver.Asked);
        Assert.Equal(0, _driver.Left);
    }

    [Fact]
    public void It_asks_once_while_the_answer_is_out()
    {
        var gate = NewGate();
        _driver.Answer = async batch =>
        {
            await gate.PassAsync(CancellationToken.None);
            return _driver.Drives(batch);
        };
        Begin();
        Wake(epoch: 3);
        Wake(epoch: 3);
        gate.Open();
        Wake(epoch: 3);

        Assert.Single(_driver.Asked);
    }

    [Fact]
    public void It_ends_with_the_execution()
    {
        Begin();
        Wake(epoch: 3);
        ExpectNoMsg(TimeSpan.Zero);

        Act(_driver.Ended.SetResult);

        ExpectMsg<Passivate>(TimeSpan.Zero);
        Stopped();
        Assert.Equal(0, _driver.Left);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_ends_where_another_node_drives_the_batch_or_it_is_over(bool isOver)
    {
        _driver.Answer = _ =>
            Task.FromResult<DriveAnswer>(isOver ? new DriveAnswer.Over() : new DriveAnswer.Elsewhere());
        Begin();

        Wake(epoch: 3);

        ExpectMsg<Passivate>(TimeSpan.Zero);
        Stopped();
        Assert.Equal(0, _driver.Left);
    }

    [Fact]
    public void Handed_over_it_leaves_in_order_and_only_then_ends()
    {
        var gate = NewGate();
        _driver.Leaves = () => gate.PassAsync(CancellationToken.None);
        Begin();
        Wake(epoch: 3);

        HandOver();
        Wake(epoch: 4);
        Act(_driver.Ended.SetResult);
        ExpectNoMsg(TimeSpan.Zero);
        gate.Open();

        Stopped();
        Assert.Equal(1, _driver.Left);
        Assert.Single(_driver.Asked);
    }

    [Fact]
    public void Handed_over_while_the_answer_is_out_it_withdraws_and_leaves_what_has_begun_all_the_same()
    {
        var gate = NewGate();
        _driver.Answer = async batch =>
        {
            await gate.PassAsync(CancellationToken.None);
            return _driver.Drives(batch);
        };
        Begin();
        Wake(epoch: 3);

        HandOver();
        Assert.True(_driver.IsWithdrawn);
        ExpectNoMsg(TimeSpan.Zero);
        gate.Open();

        Stopped();
        Assert.Equal(1, _driver.Left);
    }

    [Fact]
    public void Handed_over_before_it_was_woken_it_ends_at_once()
    {
        Begin();
        HandOver();
        Stopped();
        Assert.Equal(0, _driver.Left);
    }

    [Fact]
    public void A_leave_that_fails_keeps_no_node_from_ending()
    {
        _driver.Leaves = () => throw new InvalidOperationException("no database");
        Begin();
        Wake(epoch: 3);
        HandOver();
        Stopped();
    }

    [Fact]
    public void What_cannot_be_driven_is_tried_again_after_growing_waits()
    {
        _driver.Answer = _ => Task.FromResult<DriveAnswer>(new DriveAnswer.Failed("no key"));
        Begin();
        for (var second = 0; second < 10; second++)
        {
            Wake(epoch: 3);
            Advance(seconds: 1.001);
        }

        Assert.Equal(4, _driver.Asked.Count);

        _driver.Answer = _ => throw new InvalidOperationException("a bug");
        Advance(seconds: 600);
        Wake(epoch: 2);
        Wake(epoch: 3);
        Assert.Equal(5, _driver.Asked.Count);
        Advance(seconds: 299);
        Wake(epoch: 3);
        ExpectNoMsg(TimeSpan.Zero);
        HandOver();
        Stopped();
    }

    [Fact]
    public void An_execution_that_fails_is_tried_again_after_a_wait()
    {
        Begin();
        Wake(epoch: 3);
        Act(() => _driver.Ended.SetException(new InvalidOperationException("no service")));
        Wake(epoch: 4);
        Assert.Single(_driver.Asked);

        Advance(seconds: 1.1);
        Wake(epoch: 3);
        Assert.Single(_driver.Asked);
        Wake(epoch: 4);
        Assert.Equal(new LeftBatch(7, 4), _driver.Asked[1]);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Of_a_later_epoch_its_own_driver_knows_nothing_and_is_left_first()
    {
        Begin();
        Wake(epoch: 3);
        Wake(epoch: 6);

        Assert.Equal([new LeftBatch(7, 3), new LeftBatch(7, 6)], _driver.Asked);
        Assert.Equal(1, _driver.Left);
    }

    [Fact]
    public void However_it_is_stopped_its_batch_is_left()
    {
        Begin();
        Wake(epoch: 3);
        Act(() => _entity.Tell(PoisonPill.Instance));

        Stopped();
        Assert.Equal(1, _driver.Left);
    }

    [Fact]
    public void Stopped_while_the_answer_is_out_it_leaves_what_has_begun_later()
    {
        var gate = NewGate();
        _driver.Answer = async batch =>
        {
            await gate.PassAsync(CancellationToken.None);
            return _driver.Drives(batch);
        };
        Begin();
        Wake(epoch: 3);
        Act(() => _entity.Tell(PoisonPill.Instance));
        Stopped();
        Assert.Equal(0, _driver.Left);

        gate.Open();

        // Of two that wait for the answer one may continue on another thread.
        Assert.True(Waiting.Until(() => _driver.Left == 1));
    }

    private void Begin() =>
        Act(() =>
        {
            var (driver, test) = (_driver, TestActor);
            Sys.ActorOf(Props.Create(() => new Shard(BatchEntity.Props(7, driver), test)), "shard");
            _entity = ExpectMsg<IActorRef>(TimeSpan.Zero);
        });

    private void Wake(long epoch) => Act(() => _entity.Tell(new Wake(7, epoch)));

    private void HandOver() => Act(() => _entity.Tell(BatchEntity.HandOver.Instance));

    private void Stopped() => Assert.Equal("stopped", ExpectMsg<string>(TimeSpan.Zero));

    /// <summary>Stops an entity that asks for it, as a shard does.</summary>
    private sealed class Shard(Props entity, IActorRef test) : UntypedActor
    {
        protected override void PreStart() => test.Tell(Context.Watch(Context.ActorOf(entity, "7")));

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Passivate passivate:
                    test.Tell(passivate);
                    Sender.Tell(passivate.StopMessage);
                    break;

                case Terminated:
                    test.Tell("stopped");
                    break;

                default:
                    Unhandled(message);
                    break;
            }
        }
    }
}

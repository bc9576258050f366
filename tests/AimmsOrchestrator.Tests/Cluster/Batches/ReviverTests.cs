using System.Diagnostics.Metrics;
using AimmsOrchestrator.Cluster.Batches;
using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Tests.Engine;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;
using Akka.TestKit;

namespace AimmsOrchestrator.Tests.Cluster.Batches;

/// <summary>
/// Batches that no living node drives are woken each half second. Alone, since what is counted is counted for all nodes of a process.
/// </summary>
[Collection(nameof(TelemetryTests))]
public sealed class ReviverTests() : VirtualTimeTest(BatchEntityTests.Serialized)
{
    private readonly Database _database = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.25);

    private IActorRef _reviver = ActorRefs.Nobody;
    private TestProbe _heir = null!;

    [Fact]
    public void It_wakes_at_once_and_each_half_second_for_as_long_as_a_batch_is_left()
    {
        _database.Left = [new LeftBatch(1, 4), new LeftBatch(2, 9)];
        Begin();
        Assert.Equal(new Wake(1, 4), ExpectMsg<Wake>(TimeSpan.Zero));
        Assert.Equal(new Wake(2, 9), ExpectMsg<Wake>(TimeSpan.Zero));
        ExpectNoMsg(TimeSpan.Zero);

        _database.Left = [new LeftBatch(2, 10)];
        Advance(seconds: 0.6);
        Assert.Equal(new Wake(2, 10), ExpectMsg<Wake>(TimeSpan.Zero));

        _database.Left = [];
        Advance(seconds: 5);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void It_believes_no_old_signs_of_life_before_its_own_have_been_written_for_a_while()
    {
        (_database.Left, _database.AreBelieved) = ([new LeftBatch(1, 4)], false);
        Begin();
        Advance(seconds: 3);
        ExpectNoMsg(TimeSpan.Zero);

        _database.AreBelieved = true;
        Advance(seconds: 1);
        ExpectMsg<Wake>(TimeSpan.Zero);
    }

    [Fact]
    public void What_a_driver_has_given_up_it_wakes_whatever_signs_of_life_are_worth()
    {
        (_database.Left, _database.AreBelieved) = ([new LeftBatch(1, 4), new LeftBatch(2, 1, IsGivenUp: true)], false);
        Begin();

        Assert.Equal(new Wake(2, 1), ExpectMsg<Wake>(TimeSpan.Zero));
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void What_the_node_of_its_shard_does_not_drive_this_node_drives()
    {
        _database.Left = [new LeftBatch(1, 4)];
        Begin();
        Advance(seconds: 1);
        _heir.ExpectNoMsg(TimeSpan.Zero);

        Advance(seconds: 0.5);

        Assert.Equal(new Wake(1, 4), _heir.ExpectMsg<Wake>(TimeSpan.Zero));
        _database.Left = [new LeftBatch(1, 5)];
        Advance(seconds: 1);
        _heir.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void It_survives_a_database_that_is_away_and_one_that_throws_before_it_begins()
    {
        _database.Left = [new LeftBatch(1, 4)];
        _database.Failure = new JournalException("no connection");
        Begin();
        Advance(seconds: 3);
        _database.Failure = new InvalidOperationException("a bug");
        Advance(seconds: 3);
        ExpectNoMsg(TimeSpan.Zero);
        Assert.InRange(_database.Reads, 11, 13);

        _database.Failure = null;
        Advance(seconds: 1);
        ExpectMsg<Wake>(TimeSpan.Zero);
    }

    [Fact]
    public void An_answer_that_does_not_come_is_given_up_after_five_seconds()
    {
        var gate = NewGate();
        _database.Gate = gate;
        Begin();
        Advance(seconds: 4);
        Assert.Equal(1, _database.Reads);
        _database.Gate = null;
        _database.Left = [new LeftBatch(1, 4)];

        Advance(seconds: 2.5);

        ExpectMsg<Wake>(TimeSpan.Zero);
    }

    [Fact]
    public void Another_one_takes_its_place_when_it_crashes_though_no_sooner_than_after_half_a_second()
    {
        _database.Left = [new LeftBatch(1, 4), new LeftBatch(1, 4)];
        Begin();
        Advance(seconds: 3);
        Assert.InRange(_database.Reads, 5, 7);
        ExpectNoMsg(TimeSpan.Zero);

        _database.Left = [new LeftBatch(1, 4)];
        Advance(seconds: 0.6);
        ExpectMsg<Wake>(TimeSpan.Zero);
    }

    [Fact]
    public void Batches_that_are_left_for_fifteen_seconds_are_counted()
    {
        var values = new List<long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == "aimms_batch.cluster.left_batches")
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => values.Add(value));
        listener.Start();
        _database.Left = [new LeftBatch(1, 4), new LeftBatch(2, 1)];
        Begin();
        Advance(seconds: 10);
        _database.Left = [new LeftBatch(1, 5), new LeftBatch(3, 1)];
        Advance(seconds: 4);
        Assert.DoesNotContain(values, value => value > 0);

        Advance(seconds: 3);
        Assert.Equal(1, values[^1]);
        _database.Left = [];
        Advance(seconds: 1.1);
        Assert.Equal(0, values[^1]);
    }

    private void Begin() =>
        Act(() =>
        {
            var (database, region, time) = (_database, TestActor, Time);
            var heir = CreateTestProbe();
            _heir = heir;
            _reviver = Sys.ActorOf(ReviverActor.Props(database, region, heir, Patience, time), "reviver");
        });

    private sealed class Database : ILeftBatches
    {
        public bool AreBelieved { get; set; } = true;

        public IReadOnlyList<LeftBatch> Left { get; set; } = [];

        public Exception? Failure { get; set; }

        public Gate? Gate { get; set; }

        public int Reads { get; private set; }

        public Task<IReadOnlyList<LeftBatch>> ReadAsync(CancellationToken cancellation)
        {
            Reads++;
            return Failure is not null ? throw Failure : AnswerAsync(cancellation);
        }

        private async Task<IReadOnlyList<LeftBatch>> AnswerAsync(CancellationToken cancellation)
        {
            if (Gate is { } gate)
            {
                await gate.PassAsync(cancellation);
            }

            return Left;
        }
    }
}

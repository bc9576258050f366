using AimmsOrchestrator.Cluster.Membership;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Coordination;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Cluster.Membership;

/// <summary>The lease by which one part of a divided cluster goes on.</summary>
public sealed class TableLeaseTests : IDisposable, ILeaseTable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(8);

    private readonly CountingTime _time = new();
    private readonly ActorSystem _system;
    private readonly List<string> _calls = [];
    private readonly TableLease _lease;
    private Func<bool> _answer = () => true;

    public TableLeaseTests()
    {
        _system = ActorSystem.Create(
            "lease",
            ActorSystemSetup.Create(
                BootstrapSetup.Create().WithConfig("akka.loglevel = OFF"),
                new LeaseSetup(this, _time)
            )
        );
        var times = new TimeoutSettings(TimeSpan.FromSeconds(2), Lifetime, TimeSpan.FromSeconds(5));
        _lease = new TableLease(
            new LeaseSettings("sbr", "node1", times, Akka.Configuration.Config.Empty),
            (ExtendedActorSystem)_system
        );
    }

    public void Dispose() => _system.Dispose();

    [Fact]
    public async Task It_is_held_for_its_lifetime_or_until_it_is_given_up()
    {
        Assert.False(_lease.CheckLease());
        Assert.True(await _lease.Acquire());
        _time.Advance(Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(_lease.CheckLease());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_lease.CheckLease());

        Assert.True(await _lease.Acquire());
        Assert.True(await _lease.Release());
        Assert.False(_lease.CheckLease());
        Assert.Equal(["acquire sbr node1 8", "acquire sbr node1 8", "release sbr node1"], _calls);
    }

    [Fact]
    public async Task Where_another_node_has_it_the_answer_is_no()
    {
        _answer = () => false;

        Assert.False(await _lease.Acquire());
        Assert.False(_lease.CheckLease());
    }

    [Fact]
    public async Task A_database_that_fails_is_asked_again_for_five_seconds_and_then_the_answer_is_no()
    {
        _answer = () => throw new JournalException("no connection");
        var answer = _lease.Acquire();
        PassTime(answer);

        Assert.False(await answer);
        Assert.Equal(10, _calls.Count);
        Assert.False(await _lease.Release());
    }

    [Fact]
    public async Task A_database_that_is_back_in_time_is_believed()
    {
        _answer = () => _calls.Count > 3 ? true : throw new JournalException("no connection");
        var answer = _lease.Acquire();
        PassTime(answer);

        Assert.True(await answer);
        Assert.Equal(4, _calls.Count);
    }

    /// <summary>Half a second after each attempt, until there is an answer.</summary>
    private void PassTime(Task<bool> answer)
    {
        // One limits the whole, and each wait between two attempts has its own.
        for (
            var timers = 2;
            Waiting.Until(() => _time.Timers >= timers || answer.IsCompleted) && !answer.IsCompleted;
            timers++
        )
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }
    }

    private sealed class CountingTime : FakeTimeProvider
    {
        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }

    Task<bool> ILeaseTable.TryAcquireAsync(string name, string owner, TimeSpan lifetime, CancellationToken cancellation)
    {
        _calls.Add($"acquire {name} {owner} {lifetime.TotalSeconds}");
        return Task.FromResult(_answer());
    }

    Task ILeaseTable.ReleaseAsync(string name, string owner, CancellationToken cancellation)
    {
        _calls.Add($"release {name} {owner}");
        return Task.FromResult(_answer());
    }
}

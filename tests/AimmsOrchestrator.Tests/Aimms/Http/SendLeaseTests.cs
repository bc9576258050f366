using System.Net;
using System.Net.Sockets;
using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Workspaces;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Aimms.Http;

/// <summary>A submit whose lease is over when its bytes are to leave.</summary>
public sealed class SendLeaseTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(10_000_000)]
    public async Task It_does_not_leave_and_surely_was_not_taken(int bytes)
    {
        await using var service = await HttpDouble.StartAsync(_ => throw new InvalidOperationException("was asked"));

        var fault = (await SubmitAsync(service.Address, new byte[bytes], new ScriptedLease())).Fault!;

        Assert.Equal(FaultKind.Withheld, fault.Kind);
        Assert.False(fault.MayHaveArrived);
        Assert.False(fault.IsOutage);
        Assert.Contains("another process may drive the batch", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_body_never_becomes_a_whole_one()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = ReceiveAsync();

        // Holds at the begin and before two pieces, and then the process stands still.
        var fault = (
            await SubmitAsync(new Uri($"http://{listener.LocalEndpoint}"), new byte[10_000_000], new ScriptedLease(3))
        ).Fault!;

        Assert.True(fault.MayHaveArrived);
        Assert.InRange(await received, 1, 9_999_999);

        async Task<long> ReceiveAsync()
        {
            using var connection = await listener.AcceptTcpClientAsync();
            var buffer = new byte[1 << 16];
            var all = 0L;
            try
            {
                while (await connection.GetStream().ReadAsync(buffer) is > 0 and var count)
                {
                    all += count;
                }
            }
            catch (IOException)
            {
                // The client has broken the connection.
            }

            return all;
        }
    }

    [Fact]
    public void A_lease_holds_for_its_lifetime_after_the_last_sign_of_life_was_sent()
    {
        var time = new FakeTimeProvider();
        var lease = new MonotonicLease(time, TimeSpan.FromSeconds(2));
        Assert.False(lease.MaySend);

        var sent = MonotonicLease.Now(time);
        time.Advance(TimeSpan.FromSeconds(1.5));
        lease.Renew(sent);
        Assert.True(lease.MaySend);
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.False(lease.MaySend);

        // An answer that comes late renews nothing that a later one has renewed.
        lease.Renew(MonotonicLease.Now(time));
        lease.Renew(sent);
        Assert.True(lease.MaySend);
        lease.Lose();
        lease.Renew(MonotonicLease.Now(time));
        Assert.False(lease.MaySend);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(-600)]
    public void A_machine_that_slept_or_whose_clock_was_set_sends_nothing_before_the_next_sign_of_life(int seconds)
    {
        // The monotonic clock stands still while the machine sleeps, and does not move when the other one is set.
        var time = new SetClock();
        var lease = new MonotonicLease(time, TimeSpan.FromSeconds(2));
        lease.Renew(MonotonicLease.Now(time));
        Assert.True(lease.MaySend);

        time.Clock += TimeSpan.FromSeconds(seconds);

        Assert.False(lease.MaySend);
    }

    private static async Task<Reply<TaskId>> SubmitAsync(Uri address, byte[] body, ISendLease lease)
    {
        using var client = new TaskServiceClient(
            new ServiceEndpoint(address, ServiceHost.Localhost),
            new TaskServiceClientOptions(),
            TimeProvider.System
        );
        var request = new TaskRequest(new TaskTarget("solvePlan"), body, "application/json") { Lease = lease };
        return await client.SubmitAsync(request, default);
    }

    /// <summary>Holds a number of times.</summary>
    private sealed class ScriptedLease(int times = 0) : ISendLease
    {
        private int _left = times;

        public bool MaySend => Interlocked.Decrement(ref _left) >= 0;
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Clock { get; set; } = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Clock;

        public override long GetTimestamp() => 0;
    }
}

using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>A driver with its claim and its signs of life, which it writes for as long as it is not frozen.</summary>
/// <param name="driver">What it drives the batch with.</param>
/// <param name="epoch">The epoch of its claim.</param>
/// <param name="world">The time.</param>
internal sealed class ModelNode(ModelDriver driver, int epoch, World world)
{
    private readonly MonotonicClock _clock = new(world);

    public ModelDriver Driver => driver;

    public int Epoch => epoch;

    public MonotonicLease Lease { get; } = new(new MonotonicClock(world), OwnershipTimes.Lease);

    /// <summary>What it was about to do when it was frozen; null while it runs.</summary>
    public Action? Frozen { get; set; }

    public bool IsRunning => Frozen is null && !driver.IsOver;

    /// <summary>A sign of life, which finds out whether the batch is still this node's.</summary>
    public void Sign(bool isOwner)
    {
        if (isOwner)
        {
            Lease.Renew(MonotonicLease.Now(_clock));
        }
        else
        {
            Lease.Lose();
        }
    }

    private sealed class MonotonicClock(World world) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => world.Now;

        public override long GetTimestamp() => world.Now.UtcTicks;
    }
}

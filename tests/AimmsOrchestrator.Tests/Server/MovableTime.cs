namespace AimmsOrchestrator.Tests.Server;

/// <summary>
/// The system's clock and timers, from a moment of the test's choice, with jumps forward, and a clock that can be set back. Virtual
/// time would have every timer of a server fire for each of its periods within the jump.
/// </summary>
internal sealed class MovableTime(DateTimeOffset start) : TimeProvider
{
    private readonly DateTimeOffset _began = System.GetUtcNow();
    private long _jumpedTicks;
    private long _setBackTicks;

    public override DateTimeOffset GetUtcNow() =>
        start
        + (System.GetUtcNow() - _began)
        + TimeSpan.FromTicks(Interlocked.Read(ref _jumpedTicks) - Interlocked.Read(ref _setBackTicks));

    public override long GetTimestamp() =>
        System.GetTimestamp()
        + (long)(TimeSpan.FromTicks(Interlocked.Read(ref _jumpedTicks)).TotalSeconds * System.TimestampFrequency);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _jumpedTicks, by.Ticks);

    /// <summary>Sets the clock back; how much time has passed is measured as before.</summary>
    public void SetBack(TimeSpan by) => Interlocked.Add(ref _setBackTicks, by.Ticks);
}

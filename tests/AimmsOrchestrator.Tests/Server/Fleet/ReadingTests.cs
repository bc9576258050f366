using AimmsOrchestrator.Server.Fleet;

namespace AimmsOrchestrator.Tests.Server.Fleet;

public sealed class ReadingTests
{
    [Theory]
    [InlineData(9, false)]
    [InlineData(11, true)]
    public void What_took_too_long_is_refused_even_where_the_timer_is_late(int seconds, bool isRefused)
    {
        var time = new TimeWithoutTimers();
        using var turn = new SemaphoreSlim(0, 1);
        using var reading = new Reading(turn, TimeSpan.FromSeconds(10), time);

        time.Seconds = seconds;
        var refusal = Record.Exception(reading.End);

        Assert.Equal(isRefused, refusal is OperationCanceledException);
        Assert.Equal(isRefused, reading.Token.IsCancellationRequested);
    }

    /// <summary>A clock whose timers never come.</summary>
    private sealed class TimeWithoutTimers : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}

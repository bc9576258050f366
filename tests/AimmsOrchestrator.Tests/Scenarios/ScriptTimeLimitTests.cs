using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Scenarios;

/// <summary>The time that an expression may take.</summary>
public sealed class ScriptTimeLimitTests
{
    private readonly FakeTimeProvider _clock = new();
    private TimeSpan _processor = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(2.1, 2.1, true)]
    [InlineData(1.9, 1.9, false)]
    // The machine slept, or other programs had its processors.
    [InlineData(3600, 0.1, false)]
    // Other threads of this process computed.
    [InlineData(0.5, 4, false)]
    public void Time_counts_in_which_the_process_computed(double passed, double computed, bool isTooLong)
    {
        var limit = new ScriptTimeLimit(_clock, () => _processor);
        limit.Set(TimeSpan.FromSeconds(2));
        Pass(10, 10);
        limit.Reset();

        Pass(passed, computed);
        var error = Record.Exception(limit.Check);

        Assert.Equal(isTooLong, error is TimeoutException);
    }

    private void Pass(double passed, double computed)
    {
        _clock.Advance(TimeSpan.FromSeconds(passed));
        _processor += TimeSpan.FromSeconds(computed);
    }
}

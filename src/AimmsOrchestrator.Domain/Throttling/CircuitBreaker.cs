namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>What follows from a request that found nobody.</summary>
public enum BreakerVerdict
{
    /// <summary>Requests go on.</summary>
    GoOn,

    /// <summary>Nothing is sent but a probe now and then, until one is answered.</summary>
    Wait,

    /// <summary>The service was never there: waiting for it would only hide a wrong address.</summary>
    GiveUp,
}

/// <summary>
/// Notices that a service is away, so that a batch waits for it instead of burning every run's attempts (M. Nygard,
/// "Release It!", 2nd ed., 2018, chapter 5). A service that has answered once is waited for however long it is away. Times
/// are on a monotonic clock that starts anywhere.
/// </summary>
/// <param name="patience">After so many requests in a row without any answer ever it gives up.</param>
public sealed class CircuitBreaker(int patience)
{
    /// <summary>So many requests in a row that found nobody, of whichever runs, are an outage.</summary>
    public const int Threshold = 5;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private bool _hasAnswered;
    private int _failures;
    private TimeSpan _wait = FirstWait;

    /// <summary>When the next probe is due; null while requests go on.</summary>
    public TimeSpan? ProbeAt { get; private set; }

    /// <summary>The service said something.</summary>
    public void Answered()
    {
        _hasAnswered = true;
        _failures = 0;
        _wait = FirstWait;
        ProbeAt = null;
    }

    /// <summary>A request found nobody.</summary>
    /// <param name="now">When.</param>
    /// <param name="isProbe">Whether it was a probe: those that were under way when the outage was noticed say nothing new.</param>
    public BreakerVerdict Failed(TimeSpan now, bool isProbe)
    {
        _failures++;
        if (!_hasAnswered && _failures >= patience)
        {
            return BreakerVerdict.GiveUp;
        }

        if (ProbeAt is null ? _failures < Threshold : !isProbe)
        {
            return ProbeAt is null ? BreakerVerdict.GoOn : BreakerVerdict.Wait;
        }

        ProbeAt = now + _wait;
        _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
        return BreakerVerdict.Wait;
    }
}

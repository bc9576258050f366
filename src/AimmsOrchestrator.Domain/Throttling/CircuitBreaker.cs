namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>
/// Notices that a service is away, so that a batch waits for it instead of burning every run's attempts (M. Nygard,
/// "Release It!", 2nd ed., 2018, chapter 5). The batch waits without limit for a service that has answered once. Times are
/// on a monotonic clock that starts anywhere.
/// </summary>
/// <param name="patience">After this many requests in a row it gives up, if the service never answered.</param>
public sealed class CircuitBreaker(int patience)
{
    /// <summary>Consecutive requests, across all runs, that did not reach the service and open the breaker.</summary>
    public const int Threshold = 5;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private bool _hasAnswered;
    private int _failures;
    private TimeSpan _wait = FirstWait;

    /// <summary>When the next probe is due; null while requests go on.</summary>
    public TimeSpan? ProbeAt { get; private set; }

    /// <summary>The service answered.</summary>
    public void Answered()
    {
        _hasAnswered = true;
        _failures = 0;
        _wait = FirstWait;
        ProbeAt = null;
    }

    /// <summary>A request did not reach the service.</summary>
    /// <param name="now">When.</param>
    /// <param name="isProbe">Whether it was a probe: the others were under way when the outage was noticed, and say nothing new.</param>
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

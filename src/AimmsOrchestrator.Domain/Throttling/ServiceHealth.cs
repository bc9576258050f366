using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>Whether the service is reachable, judged by the outcome of every request. Times are on a monotonic clock.</summary>
/// <param name="breaker">Notices when the service is away.</param>
public sealed class ServiceHealth(CircuitBreaker breaker)
{
    /// <summary>Whether nothing is sent but probes.</summary>
    public bool IsAway { get; private set; }

    /// <summary>A request was answered, or did not reach the service.</summary>
    /// <param name="outage">Why the service was not reached; null where it answered.</param>
    /// <param name="isProbe">Whether the request was a probe.</param>
    /// <param name="now">When.</param>
    /// <returns>What changes; null for nothing.</returns>
    public HealthChange? Report(ServiceFault? outage, bool isProbe, TimeSpan now)
    {
        if (outage is null)
        {
            breaker.Answered();
            var wasAway = IsAway;
            IsAway = false;
            return wasAway ? new HealthChange.Back() : null;
        }

        var known = breaker.ProbeAt;
        var verdict = breaker.Failed(now, isProbe);
        if (verdict == BreakerVerdict.GiveUp)
        {
            return new HealthChange.NeverReachable(outage);
        }

        if (verdict != BreakerVerdict.Wait || breaker.ProbeAt is not { } next || next == known)
        {
            return null;
        }

        IsAway = true;
        return new HealthChange.Away(next - now, outage.Message);
    }
}

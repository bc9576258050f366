using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>
/// Whether the service is reachable, judged by the outcome of every request: a circuit breaker, so that a batch waits for a
/// service that is away instead of burning every run's attempts (M. Nygard, "Release It!", 2nd ed., 2018, chapter 5). The
/// batch waits without limit for a service that has answered once.
/// </summary>
/// <param name="patience">After this number of requests in a row that did not reach the service it gives up, if the service never answered.</param>
public sealed class ServiceHealth(int patience)
{
    /// <summary>Consecutive requests, across all runs, that did not reach the service and show that it is away.</summary>
    public const int Threshold = 5;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private bool _hasAnswered;
    private int _failures;
    private TimeSpan _wait = FirstWait;

    /// <summary>Whether nothing is sent but probes.</summary>
    public bool IsAway { get; private set; }

    /// <summary>A request was answered, or did not reach the service.</summary>
    /// <param name="outage">Why the service was not reached; null where it answered.</param>
    /// <param name="isProbe">Whether the request was a probe: the others were under way when the outage was noticed, and say nothing new.</param>
    /// <returns>What changes; null for nothing.</returns>
    public HealthChange? Report(ServiceFault? outage, bool isProbe)
    {
        if (outage is null)
        {
            var wasAway = IsAway;
            (_hasAnswered, IsAway, _failures, _wait) = (true, false, 0, FirstWait);
            return wasAway ? new HealthChange.Back() : null;
        }

        _failures++;
        if (!_hasAnswered && _failures >= patience)
        {
            return new HealthChange.NeverReachable(outage);
        }

        if (IsAway ? !isProbe : _failures < Threshold)
        {
            return null;
        }

        var wait = _wait;
        IsAway = true;
        _wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        return new HealthChange.Away(wait, outage.Message);
    }
}

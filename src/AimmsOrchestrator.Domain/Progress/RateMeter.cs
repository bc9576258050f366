namespace AimmsOrchestrator.Domain.Progress;

/// <summary>Measures at which rate runs end, over a sliding stretch of time. Times are since any start.</summary>
public sealed class RateMeter
{
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(90);

    private readonly Queue<(TimeSpan At, long Ended)> _samples = [];

    /// <summary>How many runs have ended by a moment; moments do not go back.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="ended">Runs that have ended.</param>
    /// <param name="total">Runs in all; null where that is not known.</param>
    /// <returns>Runs ended a minute, and what the rest takes: null before the first one, or without a total.</returns>
    public (double? PerMinute, TimeLeft? Left) Sample(TimeSpan now, long ended, long? total)
    {
        _samples.Enqueue((now, ended));
        while (_samples.Count > 2 && _samples.Peek().At < now - Stretch)
        {
            _samples.Dequeue();
        }

        var oldest = _samples.Peek();
        var (count, during) = (ended - oldest.Ended, now - oldest.At);
        return count > 0 && during > TimeSpan.Zero
            ? (count / during.TotalMinutes, total is { } all ? TimeLeft.Of(all - ended, count, during) : null)
            : (null, null);
    }
}

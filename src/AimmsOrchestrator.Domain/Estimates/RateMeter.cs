namespace AimmsOrchestrator.Domain.Estimates;

/// <summary>
/// Measures at which rate runs end, over a sliding stretch of time that is as long as it takes to hold a few ends: runs
/// of minutes have a rate too. Times are since any start.
/// </summary>
public sealed class RateMeter
{
    /// <summary>Fewer than these say little about a rate.</summary>
    private const int LeastEnds = 10;

    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(90);

    /// <summary>The moments at which runs had ended since the one before; the first is where the stretch begins.</summary>
    private readonly List<(TimeSpan At, long Ended)> _samples = [];

    /// <summary>How many runs have ended by a moment; moments do not go back.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="ended">Runs that have ended, without those that copied a result: they say nothing about the others.</param>
    /// <param name="left">Runs that have not ended; null where that is not known.</param>
    /// <returns>Runs ended a minute, and what the rest takes: null before the first one, or without a total.</returns>
    public (double? PerMinute, TimeLeft? Left) Sample(TimeSpan now, long ended, long? left)
    {
        if (_samples.Count == 0 || _samples[^1].Ended != ended)
        {
            _samples.Add((now, ended));
        }

        var old = 0;
        while (
            old + 1 < _samples.Count
            && _samples[old].At < now - Stretch
            && (ended - _samples[old + 1].Ended >= LeastEnds || IsBurst(old))
        )
        {
            old++;
        }

        // What is left of a burst is where the stretch begins; the ends before are no part of it.
        _samples.RemoveRange(0, old);
        var (count, during) = (ended - _samples[0].Ended, now - _samples[0].At);
        return count > 0 && during > TimeSpan.Zero
            ? (count / during.TotalMinutes, left is { } rest ? TimeLeft.Estimate(rest, count, during) : null)
            : (null, null);
    }

    /// <summary>Whether more ended at once than a stretch needs: that says nothing of what is to come.</summary>
    private bool IsBurst(int index) => _samples[index + 1].Ended - _samples[index].Ended > LeastEnds;
}

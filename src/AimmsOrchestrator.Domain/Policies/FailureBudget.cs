using System.Globalization;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>How many runs of a batch may fail before it stops: a model that fails for every run should not be paid for all night.</summary>
/// <param name="Runs">It stops at this number; null where a share decides.</param>
/// <param name="Share">It stops at this share of the runs that have ended, above 0 and up to 1; null where a number decides.</param>
public sealed record FailureBudget(int? Runs, double? Share)
{
    /// <summary>It stops nothing before this number of runs has ended: one failure among the first two says little.</summary>
    public const int MinimumRuns = 20;

    /// <summary>Why the batch stops; null where it continues.</summary>
    /// <param name="failed">Runs that failed since this process took the batch on.</param>
    /// <param name="ended">Runs that ended since then, the failed ones among them.</param>
    public string? ReasonToStop(long failed, long ended) =>
        ended >= MinimumRuns && (failed >= Runs || failed >= Share * ended)
            ? $"{failed} of {ended} runs failed, and stop.failures is {this}"
            : null;

    /// <summary>As the scenario writes it: <c>5</c> or <c>5%</c>.</summary>
    public override string ToString() =>
        Runs is { } runs
            ? runs.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{100 * Share:0.###}%");
}

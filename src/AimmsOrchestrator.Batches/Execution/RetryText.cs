using System.Globalization;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>What <c>retry</c> can change, in words.</summary>
public static class RetryText
{
    /// <summary>What <c>retry</c> is about to run again, and what it leaves.</summary>
    public static string Announcement(FailureCounts failures, bool isNotSuccess)
    {
        ArgumentNullException.ThrowIfNull(failures);
        if (failures.ByKind.Count == 0)
        {
            return "nothing failed";
        }

        if (isNotSuccess)
        {
            var others = failures.Retried > 0 ? $"; {failures.RetriedByKind} stay, `retry` runs them again" : "";
            return failures.NotSuccess == 0
                ? $"no run is not-success{others}"
                : $"asks {Runs(failures.NotSuccess)} again that completed and {Are(failures.NotSuccess)} not-success{others}";
        }

        var answered =
            $"{Runs(failures.NotSuccess)} completed and {Are(failures.NotSuccess)} not-success, which asking again seldom changes: `retry --not-success` does";
        return failures switch
        {
            { Retried: 0 } => $"nothing to run again; {answered}",
            { NotSuccess: 0 } => $"runs again {failures.RetriedByKind}",
            _ => $"runs again {failures.RetriedByKind}; {answered}",
        };
    }

    /// <summary>Why runs failed, and whether <c>retry</c> is of use; nothing where none did.</summary>
    /// <param name="failures">What failed.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="logged">The first run that has a log; null where none has.</param>
    public static IEnumerable<string> Lines(FailureCounts failures, string batch, long? logged = null)
    {
        ArgumentNullException.ThrowIfNull(failures);
        if (failures.ByKind.Count > 0)
        {
            yield return $"failed: {string.Join(", ", failures.ByWord.Select(pair => $"{pair.Value} {pair.Key}"))}";
        }

        if (logged is { } run)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"`aimms-batch logs {batch} {run}` prints the log of its task at the service"
            );
        }

        if (failures.Changeable > 0)
        {
            yield return $"`aimms-batch retry {batch}` runs again {failures.RetriedByKind}";
        }
    }

    private static string Runs(long count) => count == 1 ? "1 run" : $"{count} runs";

    private static string Are(long count) => count == 1 ? "is" : "are";
}

using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Scenarios.Results;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>Which failed runs a person wants run again.</summary>
/// <param name="IsNotSuccess">Those that are no success, with those of <paramref name="Kinds"/>.</param>
/// <param name="Kinds">Words of <see cref="RunErrorKinds"/>; empty for the kinds that <c>retry</c> runs again as a rule.</param>
/// <param name="Where">An expression over parameters and results; null for none.</param>
public sealed record RetryRequest(bool IsNotSuccess, IReadOnlyList<string> Kinds, string? Where)
{
    private bool IsNarrowed => Kinds.Count > 0 || Where is not null;

    /// <summary>The same for a batch.</summary>
    public Result<RetrySelection> For(BatchRecord batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var selection = (IsNotSuccess, Kinds.Count) switch
        {
            (false, 0) => RetrySelection.Failed,
            (true, 0) => RetrySelection.NotSuccess,
            _ => new RetrySelection
            {
                Kinds =
                [
                    .. Kinds.Select(RunErrorKinds.OfWord),
                    .. IsNotSuccess ? [RunErrorKind.NotSuccess] : Array.Empty<RunErrorKind>(),
                ],
            },
        };
        if (Where is null)
        {
            return selection;
        }

        var names = batch.ParameterNames.Concat(batch.ResultNames);
        var (condition, errors) = RunCondition.Parse(Where, "--where", names);
        return condition is null ? new BatchProblem.InputBroken(errors) : selection with { Where = condition };
    }

    /// <summary>What is about to be run again, and what stays.</summary>
    /// <param name="failures">All that failed.</param>
    /// <param name="chosen">What was chosen of it.</param>
    public string Announcement(FailureCounts failures, IReadOnlyDictionary<long, RunErrorKind> chosen)
    {
        ArgumentNullException.ThrowIfNull(failures);
        ArgumentNullException.ThrowIfNull(chosen);
        if (!IsNarrowed || failures.ByKind.Count == 0)
        {
            return RetryText.Announcement(failures, IsNotSuccess);
        }

        var stay = failures.ByKind.Values.Sum() - chosen.Count;
        var rest =
            stay > 0
                ? $"; {stay} failed {(stay == 1 ? "one stays" : "ones stay")} as {(stay == 1 ? "it is" : "they are")}"
                : "";
        var kinds = new FailureCounts(
            chosen.Values.CountBy(kind => kind).ToDictionary(pair => pair.Key, pair => (long)pair.Value)
        );
        return chosen.Count == 0
            ? $"no failed run is meant{rest}"
            : $"runs again {string.Join(", ", kinds.ByWord.Select(pair => $"{pair.Value} {pair.Key}"))}{rest}";
    }
}

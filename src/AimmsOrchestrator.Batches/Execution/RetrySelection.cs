using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Scenarios.Results;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>Which failed runs are run again.</summary>
public sealed record RetrySelection
{
    /// <summary>All but those that are no success, which have an answer.</summary>
    public static RetrySelection Failed { get; } = new();

    /// <summary>Those that are no success, and only those: they are asked again.</summary>
    public static RetrySelection NotSuccess { get; } = new() { Kinds = [RunErrorKind.NotSuccess] };

    /// <summary>What kept them from their result; null for anything but that they are no success.</summary>
    public IReadOnlyList<RunErrorKind>? Kinds { get; init; }

    /// <summary>What else must hold of them; null for nothing.</summary>
    public RunCondition? Where { get; init; }

    /// <summary>The indexes of the runs that it is about; null for all of a batch.</summary>
    public IReadOnlySet<long>? Indexes { get; private init; }

    /// <summary>
    /// The same among runs that it has chosen: <see cref="Where"/>, which takes its time and may fail, is not evaluated again. A run that
    /// has not failed any more, or has failed with a kind of error that is not selected, is left out all the same.
    /// </summary>
    public RetrySelection Among(IReadOnlyDictionary<long, RunErrorKind> chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        return this with { Where = null, Indexes = chosen.Keys.ToHashSet() };
    }

    /// <summary>The selected runs by index, and why each failed; none where <see cref="Where"/> cannot be evaluated for one of them.</summary>
    /// <param name="runs">A batch's runs.</param>
    /// <param name="failure">Why <see cref="Where"/> cannot be evaluated, with the first run of which it cannot; null where it can.</param>
    /// <param name="cancellation">Ends it between two runs.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public IReadOnlyDictionary<long, RunErrorKind> Choose(
        IEnumerable<RunRecord> runs,
        out string? failure,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        failure = null;
        var chosen = new Dictionary<long, RunErrorKind>();
        foreach (var run in runs)
        {
            cancellation.ThrowIfCancellationRequested();
            if (run.Error is not { Kind: var kind } || !IsOfKind(kind) || Indexes?.Contains(run.Index) == false)
            {
                continue;
            }

            var (holds, why) = Where?.Check(run) ?? (true, null);
            if (why is not null)
            {
                // An evaluation may take two seconds: what fails once is not tried with the other runs.
                failure = $"{run.Name}: {why}";
                chosen.Clear();
                break;
            }

            if (holds)
            {
                chosen.Add(run.Index, kind);
            }
        }

        return chosen;
    }

    private bool IsOfKind(RunErrorKind kind) => Kinds?.Contains(kind) ?? kind != RunErrorKind.NotSuccess;
}

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

    /// <summary>The selected runs by index, and why each failed.</summary>
    /// <param name="runs">A batch's runs.</param>
    /// <param name="failure">Why <see cref="Where"/> cannot be evaluated, with the first run of which it cannot; null where it can.</param>
    public IReadOnlyDictionary<long, RunErrorKind> Choose(IEnumerable<RunRecord> runs, out string? failure)
    {
        ArgumentNullException.ThrowIfNull(runs);
        failure = null;
        var chosen = new Dictionary<long, RunErrorKind>();
        foreach (var run in runs)
        {
            if (run.Error is not { Kind: var kind } || !IsOfKind(kind))
            {
                continue;
            }

            var (holds, why) = Where?.Check(run) ?? (true, null);
            failure ??= why is null ? null : $"{run.Name}: {why}";
            if (holds)
            {
                chosen.Add(run.Index, kind);
            }
        }

        return chosen;
    }

    private bool IsOfKind(RunErrorKind kind) => Kinds?.Contains(kind) ?? kind != RunErrorKind.NotSuccess;
}

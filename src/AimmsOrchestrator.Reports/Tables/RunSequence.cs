using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>The runs of a batch for a report: those that have begun, and between them those that have not.</summary>
public static class RunSequence
{
    /// <summary>All runs in the batch's order, streamed.</summary>
    /// <param name="begun">The runs that the journal has, by index.</param>
    /// <param name="planned">Every run of the scenario; null if the scenario cannot be read: then only the runs that have begun are returned.</param>
    /// <param name="phase">The phase of the runs that have not begun: pending, or cancelled in a cancelled batch.</param>
    public static IEnumerable<RunRecord> WithPending(
        this IEnumerable<RunRecord> begun,
        IRunSource? planned,
        RunPhase phase = RunPhase.Pending
    )
    {
        ArgumentNullException.ThrowIfNull(begun);
        if (planned is null)
        {
            foreach (var run in begun)
            {
                yield return run;
            }

            yield break;
        }

        var next = 0L;
        IEnumerator<PlannedRun>? rest = null;
        try
        {
            foreach (var run in begun)
            {
                if (run.Index > next)
                {
                    rest ??= planned.From(next).GetEnumerator();
                }

                while (next < run.Index && MoveTo(rest!, next))
                {
                    yield return Waiting(rest!.Current, phase);
                    next++;
                }

                yield return run;
                next = run.Index + 1;
            }

            rest ??= planned.From(next).GetEnumerator();
            while (MoveTo(rest, next))
            {
                yield return Waiting(rest.Current, phase);
                next = rest.Current.Index + 1;
            }
        }
        finally
        {
            rest?.Dispose();
        }
    }

    private static bool MoveTo(IEnumerator<PlannedRun> runs, long index)
    {
        while (runs.MoveNext())
        {
            if (runs.Current.Index >= index)
            {
                return true;
            }
        }

        return false;
    }

    private static RunRecord Waiting(PlannedRun run, RunPhase phase) =>
        new()
        {
            Index = run.Index,
            Key = run.Key,
            Name = run.Name,
            ParametersJson = run.Parameters.ToJson(),
            Phase = phase,
            Attempts = 0,
            StartedAt = default,
        };
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Reports.Comparison;

/// <summary>How a run differs between two batches.</summary>
public enum RunChange
{
    /// <summary>Both have it, and nothing differs beyond the tolerance.</summary>
    Same,

    /// <summary>Both have it, and a result differs.</summary>
    Changed,

    /// <summary>Both have it, and its state differs, such as completed in one and failed in the other.</summary>
    State,

    /// <summary>Only the second batch has it.</summary>
    New,

    /// <summary>Only the first batch has it.</summary>
    Gone,
}

/// <summary>A result that differs; null where a batch has none.</summary>
/// <param name="Result">Its name.</param>
/// <param name="Before">Its JSON in the first batch.</param>
/// <param name="After">Its JSON in the second batch.</param>
/// <param name="Difference">After minus before; null unless both are numbers.</param>
/// <param name="Ratio">After divided by before; null unless both are numbers, and where before is 0.</param>
public sealed record ResultChange(string Result, string? Before, string? After, double? Difference, double? Ratio)
{
    /// <summary>Both values; null unless both are numbers whose difference a double can hold.</summary>
    internal (double Before, double After)? Numbers =>
        Difference is not null && Before is { } before && After is { } after ? (Number(before), Number(after)) : null;

    private static double Number(string json) => double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>A run in two batches.</summary>
public sealed record RunDifference
{
    public required RunChange Change { get; init; }

    public required string Name { get; init; }

    /// <summary>Its index in the first batch; null if that does not have it.</summary>
    public long? IndexBefore { get; init; }

    /// <summary>Its index in the second batch; null if that does not have it.</summary>
    public long? IndexAfter { get; init; }

    /// <summary>The word for its state in the first batch.</summary>
    public string? StateBefore { get; init; }

    /// <summary>The word for its state in the second batch.</summary>
    public string? StateAfter { get; init; }

    /// <summary>The results that differ.</summary>
    public IReadOnlyList<ResultChange> Results { get; init; } = [];
}

/// <summary>
/// Compares two batches run by run. A run counts as the same only if both have ended: a pending one differs in its state.
/// Memory: about 150 bytes per run of the first batch, and its results.
/// </summary>
/// <param name="tolerance">How far apart results may be.</param>
/// <param name="only">The results to compare; null for all.</param>
public sealed class BatchDifference(Tolerance tolerance, IReadOnlyList<string>? only = null)
{
    /// <summary>Every run of either batch: those of the second in its order, then those that only the first has in its order.</summary>
    /// <param name="before">The first batch.</param>
    /// <param name="after">The second batch.</param>
    /// <param name="runsBefore">Walks the first batch's runs, from the beginning at each call.</param>
    /// <param name="runsAfter">The second batch's runs.</param>
    public IEnumerable<RunDifference> Runs(
        BatchRecord before,
        BatchRecord after,
        Func<IEnumerable<RunRecord>> runsBefore,
        IEnumerable<RunRecord> runsAfter
    )
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(runsBefore);
        ArgumentNullException.ThrowIfNull(runsAfter);
        var known = new Dictionary<UInt128, Known>();
        var match = new RunMatch(before, after);
        foreach (var run in runsBefore())
        {
            known.Add(match.Of(run), Known.Of(run));
        }

        match = new RunMatch(before, after);
        foreach (var run in runsAfter)
        {
            yield return known.Remove(match.Of(run), out var earlier) ? Compare(earlier, run) : New(run);
        }

        var missing = known.Values.Select(run => run.Index).ToHashSet();
        foreach (var run in runsBefore().Where(run => missing.Contains(run.Index)))
        {
            yield return new RunDifference
            {
                Change = RunChange.Gone,
                Name = run.Name,
                IndexBefore = run.Index,
                StateBefore = run.State.Word(),
            };
        }
    }

    private static RunDifference New(RunRecord run) =>
        new()
        {
            Change = RunChange.New,
            Name = run.Name,
            IndexAfter = run.Index,
            StateAfter = run.State.Word(),
        };

    private RunDifference Compare(Known before, RunRecord after)
    {
        var results =
            before.Phase == RunPhase.Completed && after.Phase == RunPhase.Completed ? Changes(before, after) : [];
        var isSameState = before.Phase == after.Phase && after.Phase.IsEnded();
        return new RunDifference
        {
            Change =
                !isSameState ? RunChange.State
                : results.Count > 0 ? RunChange.Changed
                : RunChange.Same,
            Name = after.Name,
            IndexBefore = before.Index,
            IndexAfter = after.Index,
            StateBefore = before.State.Word(),
            StateAfter = after.State.Word(),
            Results = results,
        };
    }

    private List<ResultChange> Changes(Known before, RunRecord after)
    {
        using var one = LenientJson.Parse(before.Results ?? "{}"u8.ToArray());
        using var other = LenientJson.Parse(after.ResultsJson ?? "{}");
        return
        [
            .. other
                .RootElement.EnumerateObject()
                .Select(member => member.Name)
                .Union(one.RootElement.EnumerateObject().Select(member => member.Name), StringComparer.Ordinal)
                .Where(name => only is null || only.Contains(name, StringComparer.Ordinal))
                .Select(name => Change(name, Member(one, name), Member(other, name)))
                .OfType<ResultChange>(),
        ];
    }

    private ResultChange? Change(string name, JsonElement? before, JsonElement? after)
    {
        if (JsonDifference.AreEqual(before, after, tolerance))
        {
            return null;
        }

        var (difference, ratio) =
            before is { ValueKind: JsonValueKind.Number } x && after is { ValueKind: JsonValueKind.Number } y
                ? Baseline.Change(x.GetDouble(), y.GetDouble())
                : (null, null);
        return new ResultChange(name, before?.GetRawText(), after?.GetRawText(), difference, ratio);
    }

    private static JsonElement? Member(JsonDocument results, string name) =>
        results.RootElement.TryGetProperty(name, out var value) ? value : null;

    /// <summary>What the comparison stores of a run of the first batch.</summary>
    private readonly record struct Known(long Index, RunPhase Phase, RunState State, byte[]? Results)
    {
        public static Known Of(RunRecord run) =>
            new(
                run.Index,
                run.Phase,
                run.State,
                run is { Phase: RunPhase.Completed, ResultsJson: { } json } ? Encoding.UTF8.GetBytes(json) : null
            );
    }
}

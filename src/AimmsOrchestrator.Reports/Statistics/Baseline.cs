using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>The run that a report compares every other one with, by difference and ratio of each result.</summary>
public sealed class Baseline
{
    private readonly IReadOnlyDictionary<string, double> _values;
    private readonly long _run;

    private Baseline(long run, string name, IReadOnlyDictionary<string, double> values)
    {
        (_run, Name, _values) = (run, name, values);
    }

    /// <summary>The base run's name.</summary>
    public string Name { get; }

    /// <summary>Finds the base run among runs; null if it has not completed.</summary>
    public static Baseline? Find(BaselineRun wanted, IEnumerable<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (runs.FirstOrDefault(run => run.Phase == RunPhase.Completed && wanted.Is(run)) is not { } found)
        {
            return null;
        }

        using var results = LenientJson.Parse(found.ResultsJson ?? "{}");
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var result in results.RootElement.EnumerateObject())
        {
            // Of two members with one name the later one counts, as everywhere.
            values.Remove(result.Name);
            if (Finite(result.Value) is { } number)
            {
                values[result.Name] = number;
            }
        }

        return new Baseline(found.Index, found.Name, values);
    }

    /// <summary>The base run with its number for a result; null where it has no finite one.</summary>
    internal BaseRun? Of(string result) =>
        _values.TryGetValue(result, out var value) ? new BaseRun(_run, Name, value) : null;

    /// <summary>Whether the base run has a finite number for a result.</summary>
    public bool Has(string result) => _values.ContainsKey(result);

    /// <summary>
    /// A run's result minus the base run's, and divided by it; null where either is not a number or a double cannot hold the
    /// outcome. There is no ratio to 0.
    /// </summary>
    public (double? Difference, double? Ratio) Compare(string result, JsonElement results) =>
        results.TryGetProperty(result, out var value) && Finite(value) is { } number
            ? Compare(result, number)
            : (null, null);

    /// <summary>The same for a number.</summary>
    internal (double? Difference, double? Ratio) Compare(string result, double number) =>
        _values.TryGetValue(result, out var start) ? Change(start, number) : (null, null);

    /// <summary>The difference and the ratio of two numbers; null where a double cannot hold them, and no ratio to 0.</summary>
    internal static (double? Difference, double? Ratio) Change(double before, double after) =>
        (OrNothing(after - before), before is 0.0 ? null : OrNothing(after / before));

    private static double? Finite(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? OrNothing(value.GetDouble()) : null;

    private static double? OrNothing(double number) => double.IsFinite(number) ? number : null;
}

using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Comparison;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>The run that every other one is compared with in a report: its difference and its ratio, result by result.</summary>
public sealed class Baseline
{
    private readonly IReadOnlyDictionary<string, double> _values;

    private Baseline(string name, IReadOnlyDictionary<string, double> values)
    {
        Name = name;
        _values = values;
    }

    /// <summary>The base run's name.</summary>
    public string Name { get; }

    /// <summary>The base run among runs; null where no completed one is it.</summary>
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
            // Of two members of one name the later one counts, as everywhere.
            values.Remove(result.Name);
            if (Finite(result.Value) is { } number)
            {
                values[result.Name] = number;
            }
        }

        return new Baseline(found.Name, values);
    }

    /// <summary>Whether the base run has a number there.</summary>
    public bool Has(string result) => _values.ContainsKey(result);

    /// <summary>
    /// A run's result minus the base run's, and divided by it; nulls where either is no number or what comes of it is
    /// beyond all doubles, and no ratio to 0.
    /// </summary>
    public (double? Difference, double? Ratio) Compare(string result, JsonElement results) =>
        results.TryGetProperty(result, out var value) && Finite(value) is { } number
            ? Compare(result, number)
            : (null, null);

    /// <summary>The same for a result's number.</summary>
    internal (double? Difference, double? Ratio) Compare(string result, double number) =>
        _values.TryGetValue(result, out var start)
            ? (OrNothing(number - start), start is 0.0 ? null : OrNothing(number / start))
            : (null, null);

    private static double? Finite(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? OrNothing(value.GetDouble()) : null;

    private static double? OrNothing(double number) => double.IsFinite(number) ? number : null;
}

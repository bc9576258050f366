using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Reports.Comparison;

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
    public static Baseline? Of(BaselineRun wanted, IEnumerable<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (runs.FirstOrDefault(run => run.Phase == RunPhase.Completed && wanted.Is(run)) is not { } found)
        {
            return null;
        }

        using var results = KeptJson.Parse(found.ResultsJson ?? "{}");
        return new Baseline(
            found.Name,
            results
                .RootElement.EnumerateObject()
                .Where(result => result.Value.ValueKind == JsonValueKind.Number)
                .ToDictionary(result => result.Name, result => result.Value.GetDouble(), StringComparer.Ordinal)
        );
    }

    /// <summary>Whether the base run has a number there.</summary>
    public bool Has(string result) => _values.ContainsKey(result);

    /// <summary>
    /// A run's result minus the base run's, and divided by it; nulls where either is no number, and no ratio to 0.
    /// </summary>
    public (double? Difference, double? Ratio) Compare(string result, JsonElement results) =>
        _values.TryGetValue(result, out var start)
        && results.TryGetProperty(result, out var value)
        && value.ValueKind == JsonValueKind.Number
            ? (value.GetDouble() - start, start is 0.0 ? null : value.GetDouble() / start)
            : (null, null);
}

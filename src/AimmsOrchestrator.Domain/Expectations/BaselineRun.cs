using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>The run that others are compared with, by the values of some of its parameters: the first that has them all.</summary>
/// <param name="parameters">The parameters' values, by name; numbers are compared by value, so that 1.0 is 1.</param>
public sealed class BaselineRun(IReadOnlyDictionary<string, JsonElement> parameters)
{
    /// <summary>The values by which the run is found.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters => parameters;

    /// <summary>Whether a run is the one.</summary>
    public bool Is(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var own = LenientJson.Parse(run.ParametersJson);
        return parameters.All(wanted =>
            own.RootElement.TryGetProperty(wanted.Key, out var value) && AreAlike(wanted.Value, value)
        );
    }

    /// <summary>As a run's name has it: <c>freight=90 growth=1</c>.</summary>
    public override string ToString() =>
        string.Join(' ', parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}={p.Value}")));

    private static bool AreAlike(JsonElement wanted, JsonElement value) =>
        wanted.ValueKind == JsonValueKind.Number && value.ValueKind == JsonValueKind.Number
            ? wanted.GetDouble().Equals(value.GetDouble())
            : JsonElement.DeepEquals(wanted, value);
}

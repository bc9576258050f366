using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>The parameters and results of a run that is on disk, as expressions see them.</summary>
/// <param name="names">The names that there are.</param>
internal sealed class RunValues(ParameterTable names)
{
    /// <summary>By slot; what a run lacks is null.</summary>
    public Value?[] Of(RunRecord run)
    {
        var values = new Value?[names.Names.Count];
        Array.Fill(values, Value.Null);
        Fill(values, run.ParametersJson);
        Fill(values, run.ResultsJson ?? "{}");
        return values;
    }

    private void Fill(Value?[] values, string json)
    {
        using var members = LenientJson.Parse(json);
        foreach (var member in members.RootElement.EnumerateObject())
        {
            if (names.Find(member.Name) is { } slot)
            {
                values[slot] = Value.Of(member.Value.Clone());
            }
        }
    }
}

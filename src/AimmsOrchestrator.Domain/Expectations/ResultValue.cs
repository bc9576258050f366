using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>Numbers of a run as the journal has it.</summary>
public static class ResultValue
{
    /// <summary>A result that is a number; null for any other.</summary>
    public static double? Result(this RunRecord run, string name)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Number(run.ResultsJson, name);
    }

    /// <summary>A parameter that is a number; null for any other.</summary>
    public static double? Parameter(this RunRecord run, string name)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Number(run.ParametersJson, name);
    }

    internal static string Text(double number) => number.ToString("G9", CultureInfo.InvariantCulture);

    private static double? Number(string? json, string name)
    {
        if (json is null)
        {
            return null;
        }

        using var document = KeptJson.Parse(json);
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;
    }
}

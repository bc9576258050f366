using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>Values of a run as the journal has it.</summary>
internal static class ResultValue
{
    private const int LongestText = 60;

    /// <summary>A result of any kind; null where the run has none, or its null.</summary>
    public static JsonElement? AnyResult(this RunRecord run, string name)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var document = LenientJson.Parse(run.ResultsJson ?? "{}");
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.Clone()
            : null;
    }

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

    /// <summary>As a message has it: a list of a thousand numbers is cut.</summary>
    internal static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? Text(value.GetDouble())
        : value.GetRawText() is { Length: > LongestText } text ? string.Concat(text.AsSpan(0, LongestText), "…")
        : value.GetRawText();

    private static double? Number(string? json, string name)
    {
        if (json is null)
        {
            return null;
        }

        using var document = LenientJson.Parse(json);
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;
    }
}

using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>Values of a run as the journal has it.</summary>
internal static class ResultValue
{
    private const int LongestText = 60;
    private const int Digits = 9;

    /// <summary>Any two doubles differ within as many significant digits.</summary>
    private const int MostDigits = 17;

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

    /// <summary>A number with nine significant digits, or with as many more as its text needs to differ from another's.</summary>
    /// <param name="number">The number.</param>
    /// <param name="other">What a message says it differs from; null for nothing.</param>
    internal static string Text(double number, double? other = null)
    {
        for (var digits = Digits; digits < MostDigits; digits++)
        {
            var format = string.Create(CultureInfo.InvariantCulture, $"G{digits}");
            var text = number.ToString(format, CultureInfo.InvariantCulture);
            if (other is not { } o || o.Equals(number) || text != o.ToString(format, CultureInfo.InvariantCulture))
            {
                return text;
            }
        }

        return number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>As a message has it: a list of a thousand numbers is cut.</summary>
    /// <param name="value">The value.</param>
    /// <param name="other">What a message says it differs from; null for nothing.</param>
    internal static string Text(JsonElement value, JsonElement? other = null) =>
        value.ValueKind == JsonValueKind.Number
            ? Text(value.GetDouble(), other is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null)
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

using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Values;

/// <summary>Which numbers JSON's readers keep: those of a double (RFC 8259, section 6).</summary>
internal static class NumberRange
{
    private const int SafeDigits = 15;

    /// <summary>Whether a number is within the range of a double.</summary>
    public static bool Contains(string json) => CoreSchema.IsInRange(json);

    /// <summary>The first number, at any depth, that is not; null where all are.</summary>
    public static string? FirstBeyond(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Number when !Contains(element.GetRawText()) => element.GetRawText(),
            JsonValueKind.Array => element
                .EnumerateArray()
                .Select(FirstBeyond)
                .FirstOrDefault(found => found is not null),
            JsonValueKind.Object => element
                .EnumerateObject()
                .Select(member => FirstBeyond(member.Value))
                .FirstOrDefault(found => found is not null),
            _ => null,
        };

    /// <summary>Whether a whole number, perhaps a code, has more digits than a double keeps: numbers beside it have the same key.</summary>
    public static bool IsRounded(string json)
    {
        var digits = json.AsSpan().TrimStart('-');
        return digits.Length > SafeDigits
            && !digits.ContainsAnyExceptInRange('0', '9')
            && DecimalDigits.Parse(json)
                != DecimalDigits.Parse(EcmaNumber.Format(double.Parse(json, CultureInfo.InvariantCulture)));
    }
}

using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>JSON values as the text of a cell.</summary>
internal static class Cell
{
    /// <summary>A text as it is, a number as it was written, nothing for null, JSON for lists and objects.</summary>
    public static string Text(JsonElement? value) =>
        value?.ValueKind switch
        {
            null or JsonValueKind.Null or JsonValueKind.Undefined => "",
            JsonValueKind.String => value.Value.GetString()!,
            _ => value.Value.GetRawText(),
        };

    public static bool IsNumber(JsonElement? value) => value?.ValueKind == JsonValueKind.Number;

    /// <summary>
    /// A whole number as <see cref="long"/>, any other as <see cref="double"/>, a truth value as <see cref="bool"/>,
    /// everything else as text, also a number that a double cannot hold in size or in whole digits; null where there is no
    /// value.
    /// </summary>
    public static object? Value(JsonElement? value) =>
        value?.ValueKind switch
        {
            null or JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when value.Value.TryGetInt64(out var whole) => whole,
            JsonValueKind.Number
                when value.Value.TryGetDouble(out var real)
                    && double.IsFinite(real)
                    && !LosesDigits(value.Value, real) => real,
            _ => Text(value),
        };

    /// <summary>
    /// A number to nine significant digits, since a solver's last digits are noise; of a larger one the whole part, which may
    /// be an identifier or an amount, up to 1e15.
    /// </summary>
    public static string Short(double number) =>
        Math.Abs(number) is >= 1e9 and < 1e15 ? number.ToString("F0", CultureInfo.InvariantCulture)
        // No zeros that the number has not.
        : Math.Abs(number) >= 1e15 ? number.ToString("G9", CultureInfo.InvariantCulture)
        : double.Parse(number.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            .ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Whether a whole number changes when it is converted to a double.</summary>
    public static bool LosesDigits(string written, double number) =>
        BigInteger.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
        && whole != new BigInteger(number);

    private static bool LosesDigits(JsonElement value, double number) =>
        Math.Abs(number) > long.MaxValue && LosesDigits(value.GetRawText(), number);
}

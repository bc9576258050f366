using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;

namespace AimmsOrchestrator.Scenarios.Yaml;

/// <summary>
/// What a plain scalar means by YAML 1.2's core schema (<see href="https://yaml.org/spec/1.2.2/#103-core-schema"/>):
/// <c>on</c>, <c>no</c> and <c>1:30</c> are strings. Numbers keep their digits, as JSON writes them.
/// </summary>
internal static partial class CoreSchema
{
    public static (ScalarKind Kind, string Json) Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return (ScalarKind.Null, "null");
            case "true" or "True" or "TRUE":
                return (ScalarKind.Boolean, "true");
            case "false" or "False" or "FALSE":
                return (ScalarKind.Boolean, "false");
        }

        if (text[0] is not ((>= '0' and <= '9') or '+' or '-' or '.'))
        {
            return (ScalarKind.String, "");
        }

        if (Based().IsMatch(text))
        {
            return (ScalarKind.Number, Digits(text).ToString(CultureInfo.InvariantCulture));
        }

        var match = Decimal().Match(text);
        if (match.Success)
        {
            return (ScalarKind.Number, AsJson(match));
        }

        return NotFinite().IsMatch(text) ? (ScalarKind.NotFinite, "") : (ScalarKind.String, "");
    }

    /// <summary>Whether a number is within the range of a double: it does not overflow, and is not zero unless it is written so.</summary>
    public static bool IsInRange(string json)
    {
        var number = double.Parse(json, CultureInfo.InvariantCulture);
        var exponent = json.AsSpan().IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? json : json.AsSpan(0, exponent);
        return double.IsFinite(number) && (number != 0 || !mantissa.ContainsAnyInRange('1', '9'));
    }

    private static string AsJson(Match match)
    {
        var sign = match.Groups["sign"].Value == "-" ? "-" : "";
        var whole = match.Groups["whole"].Value.TrimStart('0');
        var fraction = match.Groups["fraction"].Value;
        return $"{sign}{(whole.Length == 0 ? "0" : whole)}{(fraction.Length > 0 ? "." : "")}{fraction}{match.Groups["exponent"].Value}";
    }

    private static BigInteger Digits(string text)
    {
        var radix = text[1] == 'x' ? 16 : 8;
        return text.Skip(2).Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + Convert.ToInt32($"{digit}", 16));
    }

    [GeneratedRegex("^(0o[0-7]+|0x[0-9a-fA-F]+)$", RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Based();

    [GeneratedRegex(
        @"^(?<sign>[-+])?((?<whole>[0-9]+)(\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>[eE][-+]?[0-9]+)?$",
        RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Decimal();

    [GeneratedRegex(
        @"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$",
        RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex NotFinite();
}

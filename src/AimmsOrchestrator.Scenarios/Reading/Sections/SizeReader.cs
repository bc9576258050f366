using System.Globalization;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Sizes as a scenario writes them: <c>500kB</c>, <c>64MB</c>, <c>1GB</c>; a kB has 1024 bytes.</summary>
internal static partial class SizeReader
{
    /// <summary>The most where nothing else is said.</summary>
    public const long Largest = 1L << 30;

    /// <summary>The bytes; null where the text is no size from 1 kB to the largest.</summary>
    public static long? Parse(string text, long largest = Largest)
    {
        var match = Form().Match(text);
        if (
            !match.Success
            || !decimal.TryParse(
                match.Groups["count"].ValueSpan,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var count
            )
            || count > largest
        )
        {
            return null;
        }

        var unit = match.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "KB" => 1L << 10,
            "MB" => 1L << 20,
            _ => 1L << 30,
        };
        var bytes = count * unit;
        return bytes >= 1L << 10 && bytes <= largest ? (long)bytes : null;
    }

    /// <summary>As a scenario writes it.</summary>
    public static string Text(long bytes) =>
        bytes >= 1L << 30 ? string.Create(CultureInfo.InvariantCulture, $"{(decimal)bytes / (1L << 30):0.###}GB")
        : bytes >= 1L << 20 ? string.Create(CultureInfo.InvariantCulture, $"{(decimal)bytes / (1L << 20):0.###}MB")
        : string.Create(CultureInfo.InvariantCulture, $"{(decimal)bytes / (1L << 10):0.###}kB");

    [GeneratedRegex(
        "^(?<count>[0-9]+([.][0-9]+)?) ?(?<unit>[kK]B|MB|GB)$",
        RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Form();
}

using System.Globalization;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>Numbers and lists as findings write them.</summary>
internal static class Wording
{
    private const int Digits = 5;

    /// <summary>A double has no fewer, and numbers that differ by more than rounding errors differ within them.</summary>
    private const int MostDigits = 15;
    private const int MostDecimals = 6;
    private const int LongestNumber = 8;
    private const int LongestText = 80;

    /// <summary>A number of runs, such as <c>1,200</c>.</summary>
    public static string Count(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>
    /// The number of digits, at least five, with which numbers that a sentence says are different have different texts. Those
    /// that differ by rounding errors alone may have the same.
    /// </summary>
    public static int DigitsOf(params ReadOnlySpan<double> numbers)
    {
        var digits = Digits;
        while (digits < MostDigits && AreAlike(numbers, digits))
        {
            digits++;
        }

        return digits;
    }

    /// <summary>A number with five significant digits or more, and never fewer than its whole part has.</summary>
    public static string Number(double number, int digits = Digits)
    {
        var size = Math.Abs(number);
        if (size is not 0 and (>= 1e15 or < 1e-4))
        {
            return number.ToString($"G{digits}", CultureInfo.InvariantCulture);
        }

        var whole = size < 1 ? 0 : (int)Math.Floor(Math.Log10(size)) + 1;
        // Zeros behind the point are not significant: 0.0012346.
        var lead = size is 0 or >= 0.1 ? 0 : (int)Math.Floor(-Math.Log10(size));
        var decimals = Math.Max(0, digits - whole + lead);
        // Rounding has 15 decimals at most.
        var rounded = decimals > 15 ? number : Math.Round(number, decimals);
        return rounded.ToString($"#,0.{new string('#', decimals)}", CultureInfo.InvariantCulture);
    }

    /// <summary>A share between 0 and 1 in whole per cent.</summary>
    public static string Percent(double share) =>
        share switch
        {
            > 0 and < 0.01 => "under 1 %",
            > 0.99 and < 0.9999 => "over 99 %",
            _ => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %"),
        };

    /// <summary>A range of shares in per cent, with decimals where its ends would have the same text in whole per cent.</summary>
    public static string PercentRange(double low, double high)
    {
        var (least, most) = (Percent(low), Percent(high));
        for (var decimals = 1; least == most && low < high && decimals <= MostDecimals; decimals++)
        {
            (least, most) = (Text(low, decimals), Text(high, decimals));
        }

        return $"{least} to {most}";

        static string Text(double share, int decimals) =>
            $"{(share * 100).ToString($"F{decimals}", CultureInfo.InvariantCulture)} %";
    }

    /// <summary>Words with commas and an "and" before the last.</summary>
    public static string List(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";

    /// <summary>A parameter's value as it was written, or with five digits or more where that is long.</summary>
    public static string Label(FrameColumn column, int level, int digits = Digits) =>
        column.Levels.Label(level) is var label && label.Length > LongestNumber && column.Levels.AreNumbers
            ? Number(column.Levels.Number(level), digits)
            : Short(label);

    /// <summary>The beginning of a long text.</summary>
    public static string Short(string text) => text.Length <= LongestText ? text : $"{text[..(LongestText - 1)]}…";

    /// <summary>With a full stop, unless it is a question.</summary>
    public static string Sentence(string text) => text.EndsWith('?') ? text : $"{text}.";

    /// <summary>"1 run", "2 runs".</summary>
    public static string Runs(long n) => n == 1 ? "1 run" : $"{Count(n)} runs";

    private static bool AreAlike(ReadOnlySpan<double> numbers, int digits)
    {
        for (var i = 1; i < numbers.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!Spread.AreSame(numbers[i], numbers[j]) && Number(numbers[i], digits) == Number(numbers[j], digits))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

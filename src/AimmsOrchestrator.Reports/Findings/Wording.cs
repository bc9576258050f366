using System.Globalization;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>Numbers and lists as findings write them.</summary>
internal static class Wording
{
    private const int Digits = 5;
    private const int LongestNumber = 8;
    private const int LongestText = 80;

    /// <summary>A number of runs, such as <c>1,200</c>.</summary>
    public static string Count(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number with five significant digits, and never fewer than its whole part has.</summary>
    public static string Number(double number)
    {
        var size = Math.Abs(number);
        if (size is not 0 and (>= 1e15 or < 1e-4))
        {
            return number.ToString("G5", CultureInfo.InvariantCulture);
        }

        var whole = size < 1 ? 0 : (int)Math.Floor(Math.Log10(size)) + 1;
        // Zeros behind the point are not significant: 0.0012346.
        var lead = size is 0 or >= 0.1 ? 0 : (int)Math.Floor(-Math.Log10(size));
        var decimals = Math.Max(0, Digits - whole + lead);
        var text = Math.Round(number, Math.Min(15, decimals))
            .ToString($"#,0.{new string('#', decimals)}", CultureInfo.InvariantCulture);
        return text;
    }

    /// <summary>A share between 0 and 1 in whole per cent.</summary>
    public static string Percent(double share) =>
        share switch
        {
            > 0 and < 0.01 => "under 1 %",
            > 0.99 and < 0.9999 => "over 99 %",
            _ => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %"),
        };

    /// <summary>Words with commas and an "and" before the last.</summary>
    public static string List(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";

    /// <summary>A parameter's value as it was written, or with five digits where that is long.</summary>
    public static string Label(FrameColumn column, int level) =>
        column.Levels.Label(level) is var label && label.Length > LongestNumber && column.Levels.AreNumbers
            ? Number(column.Levels.Number(level))
            : Short(label);

    /// <summary>The beginning of a long text.</summary>
    public static string Short(string text) => text.Length <= LongestText ? text : $"{text[..(LongestText - 1)]}…";

    /// <summary>With a full stop, unless it is a question.</summary>
    public static string Sentence(string text) => text.EndsWith('?') ? text : $"{text}.";

    /// <summary>"1 run", "2 runs".</summary>
    public static string Runs(long n) => n == 1 ? "1 run" : $"{Count(n)} runs";
}

using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;

namespace AimmsOrchestrator.Scenarios.Tables.Workbooks;

/// <summary>What a cell's number format says about the number: plain, a moment, or a duration.</summary>
internal enum NumberKind
{
    Plain,

    /// <summary>A date, a time of day, or both.</summary>
    Moment,

    /// <summary>Elapsed time, as <c>[h]:mm</c> shows it.</summary>
    Elapsed,
}

/// <summary>Reads number formats (ECMA-376 part 1, 18.8.30 and 18.8.31).</summary>
internal static partial class NumberFormat
{
    /// <summary>The kind of a format.</summary>
    /// <param name="id">The format's number; those below 164 are built in.</param>
    /// <param name="code">The format's code; null for a built-in one.</param>
    public static NumberKind KindOf(uint id, string? code) =>
        code is not null ? KindOf(code)
        : id == 46 ? NumberKind.Elapsed
        : id is (>= 14 and <= 22) or (>= 27 and <= 36) or 45 or 47 or (>= 50 and <= 58) ? NumberKind.Moment
        : NumberKind.Plain;

    private static NumberKind KindOf(string code)
    {
        // The first section is the one for positive numbers.
        var bare = Literals().Replace(code, "").Split(';')[0];
        if (Elapsed().IsMatch(bare))
        {
            return NumberKind.Elapsed;
        }

        bare = Brackets().Replace(bare, "");
        return bare.Equals("General", StringComparison.OrdinalIgnoreCase) || !Moment().IsMatch(bare)
            ? NumberKind.Plain
            : NumberKind.Moment;
    }

    /// <summary>Quoted text, an escaped character, and the characters that fill or leave space.</summary>
    [GeneratedRegex("\"[^\"]*\"|\\\\.|_.|\\*.", RegexOptions.None, PatternLimit.Milliseconds)]
    private static partial Regex Literals();

    [GeneratedRegex(
        @"\[(h+|m+|s+)\]",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Elapsed();

    /// <summary>A colour, a condition, or a locale.</summary>
    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.None, PatternLimit.Milliseconds)]
    private static partial Regex Brackets();

    [GeneratedRegex("[ymdhs]", RegexOptions.IgnoreCase, PatternLimit.Milliseconds)]
    private static partial Regex Moment();
}

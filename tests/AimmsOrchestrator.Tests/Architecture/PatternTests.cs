using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;

namespace AimmsOrchestrator.Tests.Architecture;

/// <summary>No regular expression fails because the machine is busy.</summary>
public sealed partial class PatternTests
{
    [Fact]
    public void A_pattern_of_the_program_has_the_time_that_PatternLimit_says()
    {
        var patterns = SourceFile
            .Below("src")
            .SelectMany(file =>
                Attributes().Matches(file.Text).Select(match => (file.Path, match.Groups["time"].Value))
            )
            .ToList();

        Assert.True(patterns.Count > 50, $"{patterns.Count} patterns are too few to be all");
        // The emulator stands alone.
        Assert.DoesNotContain(
            patterns,
            pattern => pattern.Value is not ("PatternLimit.Milliseconds" or "LongestMatch")
        );
    }

    [Fact]
    public void A_pattern_that_is_made_at_run_time_has_that_time_too() =>
        Assert.All(
            SourceFile
                .Below("src")
                .SelectMany(file => Made().Matches(file.Text).Select(match => (file.Path, match.Value))),
            made => Assert.Contains(nameof(PatternLimit), made.Value, StringComparison.Ordinal)
        );

    [GeneratedRegex(
        @"\[GeneratedRegex\((?s:.*?)(?<time>[\w.]+)\s*\)\]\s*private",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Attributes();

    /// <summary>To the end of the statement; the static methods of <see cref="Regex"/> are made for one call.</summary>
    [GeneratedRegex(
        @"new Regex\((?s:.*?);|\bRegex\.(IsMatch|Match|Matches|Replace|Split|Count)\((?s:.*?);",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Made();
}

using System.Text.RegularExpressions;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>
/// A line of YAML that is longer than a terminal is wide, broken so that it says the same: a value continues further to the
/// right, a comment stands in lines of its own above it.
/// </summary>
internal static partial class WrappedYaml
{
    /// <summary>More than any key below it could be indented by.</summary>
    private const int Hang = 4;

    /// <param name="line">One line, without a block of text.</param>
    /// <param name="width">The terminal's, in columns.</param>
    public static IEnumerable<string> Of(string line, int width)
    {
        if (line.GetCellWidth() <= width)
        {
            return [line];
        }

        var indent = new string(' ', line.Length - line.TrimStart(' ').Length);
        var comment = Comment().Match(line);
        var code = (comment.Success ? line[..comment.Index] : line).TrimEnd();
        var above = comment.Success
            ? WrappedLine
                .Of(comment.Value.Trim()[1..].Trim(), Math.Max(1, width - indent.Length - 2), hang: 0)
                .Select(part => $"{indent}# {part}")
            : [];
        return [.. above, .. code.Length == 0 ? [] : WrappedLine.Of(code, width, Hang)];
    }

    [GeneratedRegex(@"(^|\s)#\s.*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternLimit.Milliseconds)]
    private static partial Regex Comment();
}

using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Makes unique names for charts.</summary>
internal sealed partial class ChartNames
{
    private const int Longest = 60;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The words as letters, digits and dashes, with a number appended if the name is taken.</summary>
    public string Of(params IEnumerable<string> words)
    {
        var name = Other().Replace(string.Join('-', words).ToLowerInvariant(), "-").Trim('-');
        name = name.Length == 0 ? "chart" : name[..Math.Min(Longest, name.Length)];
        var free = name;
        for (var i = 2; !_taken.Add(free); i++)
        {
            free = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        return free;
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.None, matchTimeoutMilliseconds: PatternLimit.Milliseconds)]
    private static partial Regex Other();
}

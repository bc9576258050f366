using System.Text;

namespace AimmsOrchestrator.Scenarios;

/// <summary>A scenario's text without secrets.</summary>
public static class ScenarioText
{
    private const string Key = "notify";

    /// <summary>
    /// The text without the content of <c>notify</c>: addresses and commands may be secrets by themselves. Null where that word
    /// is anywhere but at the beginning of a line: then it is not certain what belongs to it.
    /// </summary>
    public static string? WithoutNotify(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var text = new StringBuilder(source.Length);
        var isBelow = false;
        foreach (var line in source.ReplaceLineEndings("\n").Split('\n'))
        {
            var isKey = line.StartsWith($"{Key}:", StringComparison.Ordinal);
            isBelow = isKey || (isBelow && IsContinued(line));
            if (isKey)
            {
                text.Append(Key).Append(": …\n");
            }
            else if (!isBelow && line.Contains(Key, StringComparison.Ordinal) && !line.StartsWith('#'))
            {
                return null;
            }
            else if (!isBelow)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString(0, text.Length - 1);
    }

    /// <summary>Whether a line belongs to the key above it: a key at the beginning of a line ends it.</summary>
    private static bool IsContinued(string line) =>
        line.Length == 0 || line[0] is ' ' or '\t' or '-' or ']' or '}' or '#';
}

using System.Globalization;

namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>
/// Cuts texts that a service, a model or a user wrote before they are stored as messages or shown: a message of a megabyte
/// would fill the journal, the terminal and every report.
/// </summary>
public static class ShortText
{
    /// <summary>The most characters of a message.</summary>
    public const int LongestMessage = 1000;

    /// <summary>The text itself where it is short enough; otherwise its beginning, an ellipsis and its length.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">The most characters that stay, at least 1. A pair of surrogates is not split.</param>
    public static string Cut(string text, int most = LongestMessage)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… ({text.Length} characters)");
    }
}

using System.Text.RegularExpressions;

namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>
/// Replaces what differs from one run of a batch to the next. Each pattern asks for the exact form, so that another form
/// (fewer digits, a number that became a text) is not replaced, and shows.
/// </summary>
internal static partial class Scrubber
{
    /// <param name="text">What the program wrote.</param>
    /// <param name="hasPort">Whether the service has an address of its own, which is part of each run's key.</param>
    public static string Scrubbed(string text, bool hasPort = false)
    {
        text = Time().Replace(text, "\"<time>\"");
        text = TaskId().Replace(text, "<task>");
        text = Seconds().Replace(text, "${name}<seconds>");
        text = Bytes().Replace(text, "${name}<bytes>");
        text = SecondsOfRow().Replace(text, "<task>,<seconds>,<seconds>,");
        return hasPort ? Key().Replace(text, "\"key\":\"<key>\"") : text;
    }

    [GeneratedRegex(
        """
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{7}Z"
            """,
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Time();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex TaskId();

    [GeneratedRegex(
        """
            (?<name>"(queueTime|runTime)":)[0-9]+(\.[0-9]+)?(E-[0-9]+)?
            """,
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Seconds();

    [GeneratedRegex("(?<name>\"(responseBytes|eventBytes)\": )[0-9]+", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Bytes();

    [GeneratedRegex("<task>,[0-9]+(\\.[0-9]+)?,[0-9]+(\\.[0-9]+)?,", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex SecondsOfRow();

    [GeneratedRegex("\"key\":\"[0-9a-f]{64}\"", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Key();
}

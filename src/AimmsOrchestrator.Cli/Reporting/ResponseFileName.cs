using System.Globalization;
using System.Text;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>
/// What a run's response is called as a file: <c>00012 freight=80 growth=1.1.json</c>. The index at the front tells any two
/// apart, also where names differ by case alone, and is no device's name on Windows.
/// </summary>
internal static class ResponseFileName
{
    // A file's name may have 255 bytes nearly everywhere; folders of others' choosing need some of a path's length too.
    private const int MostBytes = 150;

    private const string NotInNames = "<>:\"/\\|?*";

    public static string Of(StoredResponse response)
    {
        var name = new StringBuilder();
        var bytes = 0;
        foreach (var rune in response.Name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostBytes)
            {
                break;
            }

            name.Append(IsSafe(rune) ? rune.ToString() : "_");
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{$"{response.Run:00000} {name}".TrimEnd(' ', '.')}{Extension(response.MediaType)}"
        );
    }

    private static bool IsSafe(Rune rune) =>
        !Rune.IsControl(rune)
        && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format
        && !(rune.IsAscii && NotInNames.Contains((char)rune.Value, StringComparison.Ordinal));

    private static string Extension(string? mediaType) =>
        (mediaType ?? "").Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "application/json" => ".json",
            "application/xml" or "text/xml" => ".xml",
            "text/csv" => ".csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => ".xlsx",
            var text when text.StartsWith("text/", StringComparison.Ordinal) => ".txt",
            var json when json.EndsWith("+json", StringComparison.Ordinal) => ".json",
            _ => ".bin",
        };
}

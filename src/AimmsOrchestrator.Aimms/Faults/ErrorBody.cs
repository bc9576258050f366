using System.Net;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms.Faults;

/// <summary>
/// What an error's body says, in one line. Errors come as the services' own JSON (<c>errorCode</c>, <c>errorId</c>,
/// <c>message</c>), as a proxy's HTML page, as text, or empty; the first character distinguishes them.
/// </summary>
internal sealed record ErrorBody(string Text, int? Code, string? Id)
{
    private const int LongestText = 160;

    /// <param name="body">The body, of which the beginning is read.</param>
    /// <param name="redactor">Removes the key before anything is cut.</param>
    public static ErrorBody Read(ReadOnlySpan<byte> body, KeyRedactor redactor)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 64 * 1024)]).Trim();
        if (text.StartsWith('<'))
        {
            return new ErrorBody(OneLine(redactor.Redact(HtmlTitle(text))), Code: null, Id: null);
        }

        return text.StartsWith('{') && FromJson(text, redactor) is { } error
            ? error
            : new ErrorBody(OneLine(redactor.Redact(text)), Code: null, Id: null);
    }

    /// <summary>A text as one short line: no line breaks, no control characters.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (var c in text)
        {
            if (line.Length >= LongestText)
            {
                return line.Append('…').ToString();
            }

            if (!char.IsControl(c))
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    private static string HtmlTitle(string html)
    {
        var start = html.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : html.IndexOf("</title>", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? "a web page instead of an answer" : WebUtility.HtmlDecode(html[(start + 7)..end]).Trim();
    }

    private static ErrorBody? FromJson(string text, KeyRedactor redactor)
    {
        try
        {
            using var document = JsonDocument.Parse(LenientJson.RepairSurrogates(text));
            var root = document.RootElement;
            var message =
                root.TryGetProperty("message", out var m) && m.ValueKind == JsonValueKind.String
                    ? m.GetString()!
                    : text;
            int? code = root.TryGetProperty("errorCode", out var c) && c.TryGetInt32(out var number) ? number : null;
            var id =
                root.TryGetProperty("errorId", out var i) && i.ValueKind == JsonValueKind.String ? i.GetString() : null;
            return new ErrorBody(OneLine(redactor.Redact(message)), code, redactor.Redact(id));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

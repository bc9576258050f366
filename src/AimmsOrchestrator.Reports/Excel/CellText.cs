using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using AimmsOrchestrator.Domain;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>Text in the form that an Excel cell can hold.</summary>
internal static partial class CellText
{
    /// <summary>Excel's limit on the characters of a cell.</summary>
    public const int MostCharacters = 32_767;

    /// <summary>
    /// The text, cut with an ellipsis if it exceeds a cell's limit. Characters that XML cannot hold are written as
    /// <c>_x0001_</c> (ECMA-376, part 1, 22.9.2.19), and text that already has that form is escaped; half a surrogate pair
    /// becomes U+FFFD.
    /// </summary>
    public static string Of(string text)
    {
        if (text.Length > MostCharacters)
        {
            var end = char.IsHighSurrogate(text[MostCharacters - 2]) ? MostCharacters - 2 : MostCharacters - 1;
            text = $"{text[..end]}…";
        }

        text = IsLikeAnEscape().Replace(text, "_x005F_");
        return text.All(IsPlain) ? text : Escaped(text);
    }

    private static bool IsPlain(char c) => XmlConvert.IsXmlChar(c) && c != '\r';

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                escaped.Append(text, i++, 2);
            }
            else if (char.IsSurrogate(text[i]))
            {
                escaped.Append('\uFFFD');
            }
            else if (IsPlain(text[i]))
            {
                escaped.Append(text[i]);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
            }
        }

        return escaped.ToString();
    }

    [GeneratedRegex(
        "_(?=x[0-9A-Fa-f]{4}_)",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex IsLikeAnEscape();
}

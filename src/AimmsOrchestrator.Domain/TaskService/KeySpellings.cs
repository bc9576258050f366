using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>The spellings in which a key comes back from others, as one regular expression.</summary>
internal static class KeySpellings
{
    /// <summary>The longest spelling of one character: <c>&amp;#x0000002B;</c> and the like.</summary>
    public const int LongestPerCharacter = 16;

    /// <summary>A beginning of the key at a text's end is found from this length: others cut texts as well.</summary>
    private const int ShortestBeginning = 8;

    private const int LongestBeginning = 256;

    /// <summary>Fewer characters of base64 could be any text's.</summary>
    private const int ShortestEncoded = 8;

    public static string PatternOf(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        var hex = Convert.ToHexString(bytes);
        var spellings = new List<string> { Spelled(key) };
        spellings.AddRange(Base64Of(bytes).Select(Spelled));
        if (hex.Length >= ShortestEncoded)
        {
            spellings.Add(Regex.Escape(hex));
            spellings.Add(Regex.Escape(hex.ToLowerInvariant()));
        }

        if (key.Length is > ShortestBeginning and <= LongestBeginning)
        {
            spellings.Add(Beginning(key));
        }

        return string.Join('|', spellings.Distinct(StringComparer.Ordinal));
    }

    private static string Spelled(string text) => string.Concat(text.Select(Spelled));

    /// <summary>One character as it is, or as any encoder writes it, whichever characters that encoder leaves alone.</summary>
    private static string Spelled(char c)
    {
        var hex = string.Concat(((int)c).ToString("X2", CultureInfo.InvariantCulture).Select(EitherCase));
        var spellings = new List<string>
        {
            Regex.Escape(c.ToString()),
            $"%(25)*{hex}",
            $@"\\+u00{hex}",
            $@"\\+x{hex}",
            $"&\\#[xX]0*{hex};",
            string.Create(CultureInfo.InvariantCulture, $"&\\#0*{(int)c};"),
        };
        spellings.AddRange(
            c switch
            {
                '&' => ["&amp;"],
                '<' => ["&lt;"],
                '>' => ["&gt;"],
                '"' => ["&quot;", @"\\+"""],
                '\'' => ["&apos;", @"\\+'"],
                '\\' => [@"\\\\"],
                '/' => [@"\\+/", "&sol;"],
                '+' => ["&plus;"],
                '=' => ["&equals;"],
                ' ' => [@"\+"],
                _ => (string[])[],
            }
        );
        return $"(?:{string.Join('|', spellings)})";
    }

    private static string EitherCase(char digit) =>
        char.IsAsciiLetter(digit) ? $"[{digit}{char.ToLowerInvariant(digit)}]" : digit.ToString();

    /// <summary>A beginning of the key where the text ends, or is marked as cut.</summary>
    private static string Beginning(string key)
    {
        var pattern = new StringBuilder(Spelled(key[..ShortestBeginning]));
        var rest = key[ShortestBeginning..];
        foreach (var c in rest)
        {
            pattern.Append("(?:").Append(Spelled(c));
        }

        return pattern.Insert(pattern.Length, ")?", rest.Length).Append(@"(?=(?:…|\.\.\.)?[\s""'.)}\]]*\z)").ToString();
    }

    /// <summary>
    /// What base64 makes of the key wherever it stands in the encoded text (<c>Basic</c> encodes a name before it): the
    /// characters that depend on the key alone, for each of three alignments and both alphabets.
    /// </summary>
    private static IEnumerable<string> Base64Of(byte[] key)
    {
        for (var before = 0; before < 3; before++)
        {
            var padded = new byte[before + key.Length];
            key.CopyTo(padded, before);
            var first = before == 0 ? 0 : before + 1;
            var whole = padded.Length * 8 / 6;
            if (whole - first < ShortestEncoded)
            {
                continue;
            }

            var encoded = Convert.ToBase64String(padded)[first..whole];
            yield return encoded;
            yield return encoded.Replace('+', '-').Replace('/', '_');
        }
    }
}

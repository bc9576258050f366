using System.Globalization;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>The size in bytes of values in a page's JSON, where every character that could end a script is escaped.</summary>
internal static class JsonSize
{
    private const int Escaped = 6;
    private const string EscapedAscii = "\"&'+<>`\\";

    public static int Of(IEnumerable<object?> values) => values.Sum(value => 1 + Of(value));

    private static int Of(object? value)
    {
        switch (value)
        {
            case null:
                return 4;

            case ISpanFormattable number:
                Span<char> text = stackalloc char[40];
                return number.TryFormat(text, out var length, "", CultureInfo.InvariantCulture) ? length : text.Length;

            default:
                var bytes = 2;
                foreach (var c in (string)value)
                {
                    bytes += OfCharacter(c);
                }

                return bytes;
        }
    }

    private static int OfCharacter(char c) =>
        c switch
        {
            < ' ' => Escaped,
            < '\u007f' => EscapedAscii.Contains(c, StringComparison.Ordinal) ? Escaped : 1,
            _ when char.IsSurrogate(c) => Escaped,
            < '\u0800' => 2,
            _ => 3,
        };
}

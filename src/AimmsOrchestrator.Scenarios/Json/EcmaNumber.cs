using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AimmsOrchestrator.Scenarios.Json;

/// <summary>
/// Numbers as ECMAScript prints them: the fewest digits that parse to the same double
/// (<see href="https://tc39.es/ecma262/#sec-numeric-types-number-tostring"/>), which is RFC 8785's form of a number.
/// </summary>
internal static class EcmaNumber
{
    /// <summary>Enough bytes for any finite number.</summary>
    public const int MaxLength = 32;

    public static string Format(double value)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(buffer[..Write(value, buffer)]);
    }

    /// <summary>Writes a finite number; returns the number of bytes.</summary>
    public static int Write(double value, Span<byte> output)
    {
        if (Math.Abs(value) < 1e15 && Math.Truncate(value) == value)
        {
            Utf8Formatter.TryFormat((long)value, output, out var length);
            return length;
        }

        Span<byte> shortest = stackalloc byte[MaxLength];
        value.TryFormat(shortest, out var written, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[MaxLength];
        var (count, point) = Significant(shortest[..written], digits);
        var at = 0;
        if (value < 0)
        {
            output[at++] = (byte)'-';
        }

        return at + LayOut(digits[..count], point, output[at..]);
    }

    /// <summary>The digits without zeros at either end, and the power of ten: the number is 0.digits × 10^point.</summary>
    private static (int Count, int Point) Significant(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var exponent = 0;
        var e = text.IndexOf((byte)'E');
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        text = text.TrimStart((byte)'-');
        var dot = text.IndexOf((byte)'.');
        var whole = dot < 0 ? text : text[..dot];
        var fraction = dot < 0 ? [] : text[(dot + 1)..];
        whole.CopyTo(digits);
        fraction.CopyTo(digits[whole.Length..]);
        var all = digits[..(whole.Length + fraction.Length)];
        var leading = all.Length - all.TrimStart((byte)'0').Length;
        var significant = all.Trim((byte)'0');
        significant.CopyTo(digits);
        return (significant.Length, whole.Length + exponent - leading);
    }

    private static int LayOut(ReadOnlySpan<byte> digits, int point, Span<byte> output)
    {
        if (point is > 21 or <= -6)
        {
            return Scientific(digits, point - 1, output);
        }

        if (point >= digits.Length)
        {
            digits.CopyTo(output);
            output[digits.Length..point].Fill((byte)'0');
            return point;
        }

        if (point > 0)
        {
            digits[..point].CopyTo(output);
            output[point] = (byte)'.';
            digits[point..].CopyTo(output[(point + 1)..]);
            return digits.Length + 1;
        }

        "0."u8.CopyTo(output);
        output.Slice(2, -point).Fill((byte)'0');
        digits.CopyTo(output[(2 - point)..]);
        return 2 - point + digits.Length;
    }

    private static int Scientific(ReadOnlySpan<byte> digits, int exponent, Span<byte> output)
    {
        var at = 0;
        output[at++] = digits[0];
        if (digits.Length > 1)
        {
            output[at++] = (byte)'.';
            digits[1..].CopyTo(output[at..]);
            at += digits.Length - 1;
        }

        output[at++] = (byte)'e';
        output[at++] = (byte)(exponent < 0 ? '-' : '+');
        Utf8Formatter.TryFormat(Math.Abs(exponent), output[at..], out var length);
        return at + length;
    }
}

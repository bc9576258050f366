using System.Globalization;
using System.Numerics;

namespace AimmsOrchestrator.Scenarios.Values;

/// <summary>A decimal number of any size without loss: mantissa times ten to the exponent, the mantissa without trailing zeros.</summary>
internal readonly record struct DecimalDigits(BigInteger Mantissa, int Exponent)
{
    /// <summary>The digits of a JSON number.</summary>
    public static DecimalDigits Parse(string json)
    {
        var e = json.AsSpan().IndexOfAny('e', 'E');
        var written = e < 0 ? json : json[..e];
        var exponent = e < 0 ? 0 : Exponent10(json.AsSpan(e + 1));
        var point = written.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= written.Length - point - 1;
            written = written.Remove(point, 1);
        }

        var digits = written.TrimEnd('0');
        return digits.Length == 0 || digits == "-"
            ? new DecimalDigits(0, 0)
            : new DecimalDigits(
                BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                exponent + written.Length - digits.Length
            );
    }

    /// <summary>The number where a <see cref="decimal"/> holds every digit of it; null otherwise.</summary>
    public static decimal? Exact(string json) =>
        decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Parse(json) == Parse(number.ToString(CultureInfo.InvariantCulture))
            ? number
            : null;

    /// <summary>Whether <paramref name="root"/> to the power of <paramref name="n"/> is <paramref name="a"/> to the power of n - k times <paramref name="b"/> to the power of k.</summary>
    public static bool IsGeometricMean(DecimalDigits root, DecimalDigits a, DecimalDigits b, int k, int n) =>
        ((long)root.Exponent * n) + TrailingZeros(out var left, (root.Mantissa, n))
            == ((long)a.Exponent * (n - k))
                + ((long)b.Exponent * k)
                + TrailingZeros(out var right, (a.Mantissa, n - k), (b.Mantissa, k))
        && left == right;

    /// <summary>The exponent as it is written; one of more than nine digits is cut to a billion, which no other number has.</summary>
    private static int Exponent10(ReadOnlySpan<char> written)
    {
        const int Huge = 1_000_000_000;
        return int.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && Math.Abs((long)exponent) < Huge
                ? exponent
            : written[0] == '-' ? -Huge
            : Huge;
    }

    /// <summary>How many zeros end a product of powers, and the product without them.</summary>
    private static int TrailingZeros(out BigInteger rest, params ReadOnlySpan<(BigInteger Base, int Power)> factors)
    {
        rest = BigInteger.One;
        foreach (var (number, power) in factors)
        {
            rest *= BigInteger.Pow(BigInteger.Abs(number), power);
        }

        var zeros = 0;
        while (!rest.IsZero && (rest % 10).IsZero)
        {
            rest /= 10;
            zeros++;
        }

        return zeros;
    }
}

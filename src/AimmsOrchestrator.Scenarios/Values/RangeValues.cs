using System.Globalization;
using System.Numerics;

namespace AimmsOrchestrator.Scenarios.Values;

/// <summary>
/// Numbers that are computed on demand, so that ten million of them take no memory. The first 4,096 are cached, because a
/// parameter that varies fast needs them again and again.
/// </summary>
internal sealed class RangeValues : ValueList
{
    private const int MaxCached = 4096;

    /// <summary>The highest root that may be an exact decimal: a number of 18 digits is no higher power of another decimal.</summary>
    private const int MaxRoot = 128;

    private readonly Func<long, Value> _at;
    private readonly Func<double, double> _indexOf;
    private readonly Value?[] _cached;

    private RangeValues(long count, Func<long, Value> at, Func<double, double> indexOf)
    {
        Count = count;
        _at = at;
        _indexOf = indexOf;
        _cached = new Value?[Math.Min(count, MaxCached)];
    }

    public override long Count { get; }

    public override bool Varies => Count > 1;

    public override Value this[long index] => index < _cached.Length ? _cached[index] ??= _at(index) : _at(index);

    public override IReadOnlyList<long> IndicesOf(Value value)
    {
        if (!value.IsNumber)
        {
            return [];
        }

        var guess = _indexOf(double.Parse(value.Utf8, CultureInfo.InvariantCulture));
        if (!(guess > -1 && guess < Count))
        {
            return [];
        }

        var near = (long)Math.Round(guess);
        for (var i = Math.Max(0, near - 1); i <= Math.Min(Count - 1, near + 1); i++)
        {
            if (this[i].Same(value))
            {
                return [i];
            }
        }

        return [];
    }

    /// <summary>Steps in decimal arithmetic: from 0 by 0.1 the fourth is 0.3. The ends keep their digits.</summary>
    public static RangeValues Steps(string from, decimal step, long count, string? to)
    {
        var first = decimal.Parse(from, NumberStyles.Float, CultureInfo.InvariantCulture);
        var last = to is null ? (decimal?)null : decimal.Parse(to, NumberStyles.Float, CultureInfo.InvariantCulture);
        return new RangeValues(
            count,
            index =>
            {
                var value = first + (index * step);
                return index == 0 ? Value.Number(from)
                    : value == last ? Value.Number(to!)
                    : Value.Number(Plain(value));
            },
            value => (value - (double)first) / (double)step
        );
    }

    /// <summary>Evenly spaced values, both ends included.</summary>
    public static RangeValues Even(string from, string to, long count)
    {
        var first = decimal.Parse(from, NumberStyles.Float, CultureInfo.InvariantCulture);
        var last = decimal.Parse(to, NumberStyles.Float, CultureInfo.InvariantCulture);
        return new RangeValues(
            count,
            index =>
                index == 0 ? Value.Number(from)
                : index == count - 1 ? Value.Number(to)
                : Value.Number(Plain(first + ((last - first) * index / (count - 1)))),
            value => (value - (double)first) / (double)(last - first) * (count - 1)
        );
    }

    /// <summary>
    /// Values evenly spaced in the logarithm, both ends included. A value that a decimal number states exactly is that
    /// number: 0.001 to 1000 in seven values includes 10. The others are rounded to 15 digits.
    /// </summary>
    public static RangeValues Logarithmic(string from, string to, long count)
    {
        var first = double.Parse(from, CultureInfo.InvariantCulture);
        var last = double.Parse(to, CultureInfo.InvariantCulture);
        var ratio = last / first;
        var ends = (First: DecimalDigits.Parse(from), Last: DecimalDigits.Parse(to));
        return new RangeValues(
            count,
            index =>
                index == 0 ? Value.Number(from)
                : index == count - 1 ? Value.Number(to)
                : Value.Number(At(index)),
            value => (Math.Log(value / first) / LogRatio() * (count - 1))
        );

        double LogRatio() =>
            double.IsNormal(ratio) ? Math.Log(ratio) : Math.Log(Math.Abs(last)) - Math.Log(Math.Abs(first));

        double At(long index)
        {
            var share = index / (double)(count - 1);
            var value = double.IsNormal(ratio)
                ? first * Math.Pow(ratio, share)
                : Math.CopySign(Math.Exp(Math.Log(Math.Abs(first)) + (share * LogRatio())), first);
            return ExactRoot(value, index) ?? Rounded(value, "G15");
        }

        double? ExactRoot(double value, long index)
        {
            var common = (long)BigInteger.GreatestCommonDivisor(index, count - 1);
            var (k, n) = (index / common, (count - 1) / common);
            if (n > MaxRoot)
            {
                return null;
            }

            var candidate = value.ToString("G12", CultureInfo.InvariantCulture);
            return DecimalDigits.IsGeometricMean(DecimalDigits.Parse(candidate), ends.First, ends.Last, (int)k, (int)n)
                ? double.Parse(candidate, CultureInfo.InvariantCulture)
                : null;
        }
    }

    private static double Rounded(double value, string format) =>
        double.Parse(value.ToString(format, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>No trailing zeros, and no more digits than a double can distinguish.</summary>
    private static string Plain(decimal value)
    {
        var text = value.ToString("0.############################", CultureInfo.InvariantCulture);
        return text.Length <= 16 ? text : Json.EcmaNumber.Format(double.Parse(text, CultureInfo.InvariantCulture));
    }
}

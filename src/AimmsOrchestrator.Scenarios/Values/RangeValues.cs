using System.Globalization;

namespace AimmsOrchestrator.Scenarios.Values;

/// <summary>
/// Numbers that are computed on demand, so that ten million of them take no memory. The first 4,096 are cached, because a
/// parameter that varies fast needs them again and again.
/// </summary>
internal sealed class RangeValues : ValueList
{
    private const int MaxCached = 4096;

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

    /// <summary>Values evenly spaced in the logarithm, both ends included; rounded to 15 digits, so that 1 to 1000 includes 10 and 100.</summary>
    public static RangeValues Logarithmic(string from, string to, long count)
    {
        var first = double.Parse(from, CultureInfo.InvariantCulture);
        var ratio = double.Parse(to, CultureInfo.InvariantCulture) / first;
        return new RangeValues(
            count,
            index =>
                index == 0 ? Value.Number(from)
                : index == count - 1 ? Value.Number(to)
                : Value.Number(Rounded(first * Math.Pow(ratio, index / (double)(count - 1)))),
            value => Math.Log(value / first) / Math.Log(ratio) * (count - 1)
        );
    }

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>No trailing zeros, and no more digits than a double can distinguish.</summary>
    private static string Plain(decimal value)
    {
        var text = value.ToString("0.############################", CultureInfo.InvariantCulture);
        return text.Length <= 16 ? text : Json.EcmaNumber.Format(double.Parse(text, CultureInfo.InvariantCulture));
    }
}

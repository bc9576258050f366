using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sampling;

/// <summary>Turns a number between 0 and 1 into a value by its inverse cumulative distribution.</summary>
internal abstract class Distribution
{
    /// <summary>
    /// An unbounded distribution has no value at 0 or at 1, where the first Sobol point is: such a point moves inwards by
    /// 2^-33, half of a Sobol step.
    /// </summary>
    protected const double Edge = 1.0 / (1L << 33);

    public abstract Value At(double unit);
}

/// <summary>Always the same value.</summary>
internal sealed class Constant(Value value) : Distribution
{
    public override Value At(double unit) => value;
}

/// <summary>A real number.</summary>
/// <param name="inverse">The inverse CDF.</param>
/// <param name="isOpen">Whether it has no value at 0 or at 1.</param>
/// <param name="low">Its smallest value.</param>
/// <param name="high">Its largest value.</param>
internal sealed class Continuous(
    Func<double, double> inverse,
    bool isOpen,
    double low = -double.MaxValue,
    double high = double.MaxValue
) : Distribution
{
    public override Value At(double unit) => Value.Number(Math.Clamp(Inverse(unit), low, high));

    /// <summary>
    /// Whether its values are numbers, and differ: none is beyond the range of numbers, and the outermost ones are not equal.
    /// </summary>
    public bool IsRepresentable()
    {
        double[] values = [Inverse(0), Inverse(0.25), Inverse(0.5), Inverse(0.75), Inverse(1)];
        return Array.TrueForAll(values, double.IsFinite) && values[^1] > values[0];
    }

    public static Continuous Uniform(double low, double high) =>
        new(u => Between(low, high, u), isOpen: false, low, high);

    public static Continuous LogUniform(double low, double high) =>
        new(
            double.IsNormal(high / low) && double.IsNormal(low)
                ? u => low * Math.Pow(high / low, u)
                : u => Math.Exp(Between(Math.Log(low), Math.Log(high), u)),
            isOpen: false,
            low,
            high
        );

    public static Continuous Normal(double mean, double sd) =>
        new(u => MathNet.Numerics.Distributions.Normal.InvCDF(mean, sd, u), isOpen: true);

    public static Continuous LogNormal(double mu, double sigma) =>
        new(u => Math.Exp(MathNet.Numerics.Distributions.Normal.InvCDF(mu, sigma, u)), isOpen: true);

    public static Continuous Triangular(double low, double mode, double high) =>
        new(
            IsFarFromOne(high - low)
                ? Scaled(low, mode, high)
                : u => MathNet.Numerics.Distributions.Triangular.InvCDF(low, high, mode, u),
            isOpen: false,
            low,
            high
        );

    public static Continuous Beta(double alpha, double beta, double low, double high) =>
        new(
            u => Between(low, high, MathNet.Numerics.Distributions.Beta.InvCDF(alpha, beta, u)),
            isOpen: true,
            low,
            high
        );

    public static Continuous TruncatedNormal(double mean, double sd, double low, double high)
    {
        var below = MathNet.Numerics.Distributions.Normal.CDF(mean, sd, low);
        var above = MathNet.Numerics.Distributions.Normal.CDF(mean, sd, high);
        return new(
            u => MathNet.Numerics.Distributions.Normal.InvCDF(mean, sd, below + (u * (above - below))),
            isOpen: false,
            low,
            high
        );
    }

    private double Inverse(double unit) => inverse(isOpen ? Math.Clamp(unit, Edge, 1 - Edge) : unit);

    /// <summary>The value at a share of the way; the distance of the ends may be beyond the range of numbers.</summary>
    private static double Between(double low, double high, double share) =>
        double.IsFinite(high - low) ? low + (share * (high - low)) : (low * (1 - share)) + (high * share);

    /// <summary>Whether the square of a distance overflows, or rounds to zero.</summary>
    private static bool IsFarFromOne(double distance) => !(distance is > 1e-150 and < 1e150);

    /// <summary>A triangular distribution in units of its largest end.</summary>
    private static Func<double, double> Scaled(double low, double mode, double high)
    {
        var unit = Math.Max(Math.Abs(low), Math.Abs(high));
        return u => unit * MathNet.Numerics.Distributions.Triangular.InvCDF(low / unit, high / unit, mode / unit, u);
    }
}

/// <summary>A whole number, both ends included, all equally likely.</summary>
internal sealed class WholeNumbers(long low, long high) : Distribution
{
    public override Value At(double unit)
    {
        // The number of values may be beyond a long.
        var count = (Int128)high - low + 1;
        return Value.Number((double)(low + Int128.Min(count - 1, (Int128)Math.Floor(unit * (double)count))));
    }
}

/// <summary>One of some values, with a probability proportional to its weight.</summary>
internal sealed class Choice : Distribution
{
    private readonly IReadOnlyList<Value> _values;
    private readonly IReadOnlyList<double> _weights;
    private readonly double _total;

    public Choice(IReadOnlyList<Value> values, IReadOnlyList<double> weights)
    {
        // The sum of large weights may be beyond the range of numbers.
        var largest = weights.Max();
        _values = values;
        _weights = double.IsFinite(weights.Sum()) ? weights : [.. weights.Select(weight => weight / largest)];
        _total = _weights.Sum();
    }

    public override Value At(double unit)
    {
        var rest = unit * _total;
        for (var i = 0; i < _values.Count - 1; i++)
        {
            rest -= _weights[i];
            if (rest < 0)
            {
                return _values[i];
            }
        }

        return _values[^1];
    }
}

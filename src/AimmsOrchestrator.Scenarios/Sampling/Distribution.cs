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
internal sealed class Continuous(Func<double, double> inverse, bool isOpen) : Distribution
{
    public override Value At(double unit)
    {
        var value = inverse(isOpen ? Math.Clamp(unit, Edge, 1 - Edge) : unit);
        return Value.Number(Math.Clamp(value, -double.MaxValue, double.MaxValue));
    }

    public static Continuous Uniform(double low, double high) => new(u => low + (u * (high - low)), isOpen: false);

    public static Continuous LogUniform(double low, double high) =>
        new(u => low * Math.Pow(high / low, u), isOpen: false);

    public static Continuous Normal(double mean, double sd) =>
        new(u => MathNet.Numerics.Distributions.Normal.InvCDF(mean, sd, u), isOpen: true);

    public static Continuous LogNormal(double mu, double sigma) =>
        new(u => Math.Exp(MathNet.Numerics.Distributions.Normal.InvCDF(mu, sigma, u)), isOpen: true);

    public static Continuous Triangular(double low, double mode, double high) =>
        new(u => MathNet.Numerics.Distributions.Triangular.InvCDF(low, high, mode, u), isOpen: false);

    public static Continuous Beta(double alpha, double beta, double low, double high) =>
        new(u => low + ((high - low) * MathNet.Numerics.Distributions.Beta.InvCDF(alpha, beta, u)), isOpen: true);

    public static Continuous TruncatedNormal(double mean, double sd, double low, double high)
    {
        var below = MathNet.Numerics.Distributions.Normal.CDF(mean, sd, low);
        var above = MathNet.Numerics.Distributions.Normal.CDF(mean, sd, high);
        return new(
            u =>
                Math.Clamp(
                    MathNet.Numerics.Distributions.Normal.InvCDF(mean, sd, below + (u * (above - below))),
                    low,
                    high
                ),
            isOpen: false
        );
    }
}

/// <summary>A whole number, both ends included, all equally likely.</summary>
internal sealed class WholeNumbers(long low, long high) : Distribution
{
    public override Value At(double unit) =>
        Value.Number(Math.Min(high, low + (long)Math.Floor(unit * ((double)high - low + 1))));
}

/// <summary>One of some values, with a probability proportional to its weight.</summary>
internal sealed class Choice(IReadOnlyList<Value> values, IReadOnlyList<double> weights) : Distribution
{
    private readonly double _total = weights.Sum();

    public override Value At(double unit)
    {
        var rest = unit * _total;
        for (var i = 0; i < values.Count - 1; i++)
        {
            rest -= weights[i];
            if (rest < 0)
            {
                return values[i];
            }
        }

        return values[^1];
    }
}

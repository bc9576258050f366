namespace AimmsOrchestrator.Scenarios.Sampling;

/// <summary>One parameter's numbers between 0 and 1, by index: what a distribution turns into values.</summary>
internal abstract class UnitSample
{
    public abstract double this[long index] { get; }
}

/// <summary>Independent draws.</summary>
internal sealed class RandomSample(Chance chance) : UnitSample
{
    public override double this[long index] => chance.Unit(index);
}

/// <summary>A Latin hypercube: as many equal slices as points, one point in each, in shuffled order.</summary>
internal sealed class LatinSample(Chance chance, Chance shuffle, long count) : UnitSample
{
    private readonly Permutation _slices = new(shuffle, count);

    public override double this[long index] => (_slices[index] + chance.Unit(index)) / count;
}

/// <summary>A coordinate of Sobol's points; scrambled by a digital shift where one is given.</summary>
internal sealed class SobolSample(int dimension, uint shift) : UnitSample
{
    private readonly Sobol _points = new(dimension);

    public override double this[long index] => (_points[index] ^ shift) / (double)Sobol.MaxPoints;
}

/// <summary>A coordinate of Halton's points, in a prime base, the point at 0 first; scrambled by a shift round the circle.</summary>
internal sealed class HaltonSample(int dimension, double shift) : UnitSample
{
    private static readonly int[] Primes = [.. Enumerable.Range(2, 400).Where(IsPrime)];

    /// <summary>How many parameters it serves.</summary>
    public static int MaxDimensions => Primes.Length;

    public override double this[long index] => (RadicalInverse(index, Primes[dimension]) + shift) % 1;

    private static double RadicalInverse(long index, int radix)
    {
        var (digits, scale) = (0.0, 1.0);
        for (; index > 0; index /= radix)
        {
            scale *= radix;
            digits = (digits * radix) + (index % radix);
        }

        return digits / scale;
    }

    private static bool IsPrime(int number) =>
        Enumerable.Range(2, number - 2).TakeWhile(d => d * d <= number).All(d => number % d != 0);
}

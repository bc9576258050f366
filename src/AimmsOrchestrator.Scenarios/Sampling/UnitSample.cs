namespace AimmsOrchestrator.Scenarios.Sampling;

/// <summary>One parameter's numbers between 0 and 1, by index; a distribution turns them into values.</summary>
internal abstract class UnitSample
{
    public abstract double this[long index] { get; }
}

/// <summary>Independent draws.</summary>
internal sealed class RandomSample(SeededRandom random) : UnitSample
{
    public override double this[long index] => random.Unit(index);
}

/// <summary>A Latin hypercube: one point in each of as many equal slices as there are points, in shuffled order.</summary>
internal sealed class LatinSample(SeededRandom random, SeededRandom shuffle, long count) : UnitSample
{
    private readonly Permutation _slices = new(shuffle, count);

    public override double this[long index] => (_slices[index] + random.Unit(index)) / count;
}

/// <summary>A coordinate of Sobol's points.</summary>
/// <param name="dimension">Which coordinate, from 0.</param>
/// <param name="scramble">
/// A seed for Owen scrambling (every half of every interval keeps its number of points); null for the points as
/// published. The scrambling is a hash of the digits, after B. Burley, "Practical Hash-based Owen Scrambling",
/// Journal of Computer Graphics Techniques 9 (4), 2020.
/// </param>
internal sealed class SobolSample(int dimension, uint? scramble) : UnitSample
{
    private readonly Sobol _points = new(dimension);

    public override double this[long index] =>
        (scramble is { } seed ? Scrambled(_points[index], seed) : _points[index]) / (double)Sobol.MaxPoints;

    private static uint Scrambled(uint point, uint seed)
    {
        var x = Reversed(point);
        x ^= x * 0x3D20ADEA;
        x += seed;
        x *= (seed >> 16) | 1;
        x ^= x * 0x05526C56;
        x ^= x * 0x53A22864;
        return Reversed(x);
    }

    private static uint Reversed(uint bits)
    {
        bits = ((bits >> 1) & 0x55555555) | ((bits & 0x55555555) << 1);
        bits = ((bits >> 2) & 0x33333333) | ((bits & 0x33333333) << 2);
        bits = ((bits >> 4) & 0x0F0F0F0F) | ((bits & 0x0F0F0F0F) << 4);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bits);
    }
}

/// <summary>A coordinate of Halton's points, in a prime base, the point at 0 first; scrambled by a shift modulo 1.</summary>
internal sealed class HaltonSample(int dimension, double shift) : UnitSample
{
    private static readonly int[] Primes = [.. Enumerable.Range(2, 400).Where(IsPrime)];

    /// <summary>The largest number of parameters.</summary>
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

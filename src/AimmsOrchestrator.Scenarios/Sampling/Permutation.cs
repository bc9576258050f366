using System.Numerics;

namespace AimmsOrchestrator.Scenarios.Sampling;

/// <summary>
/// A shuffled order of any length that takes no memory: a Feistel network over the next power of four, repeated until the
/// result is inside (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002).
/// </summary>
internal sealed class Permutation
{
    private const int Rounds = 6;

    private readonly SeededRandom _random;
    private readonly ulong _size;
    private readonly int _half;
    private readonly ulong _mask;

    public Permutation(SeededRandom random, long size)
    {
        _random = random;
        _size = (ulong)size;
        _half = Math.Max(1, (65 - BitOperations.LeadingZeroCount(_size)) / 2);
        _mask = (1UL << _half) - 1;
    }

    /// <summary>The index's position; each position occurs once.</summary>
    public long this[long index]
    {
        get
        {
            var at = (ulong)index;
            do
            {
                at = Encrypt(at);
            } while (at >= _size);

            return (long)at;
        }
    }

    private ulong Encrypt(ulong value)
    {
        var (left, right) = (value >> _half, value & _mask);
        for (var round = 0UL; round < Rounds; round++)
        {
            (left, right) = (right, left ^ (_random.Bits((round << 58) | right) & _mask));
        }

        return (left << _half) | right;
    }
}

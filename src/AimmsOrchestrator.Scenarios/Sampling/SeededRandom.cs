using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AimmsOrchestrator.Scenarios.Sampling;

/// <summary>
/// Pseudo-random numbers that depend on a seed, a name and an index alone: no draw depends on the draws before it.
/// </summary>
internal readonly struct SeededRandom
{
    private readonly ulong _key;

    /// <param name="seed">The scenario's seed.</param>
    /// <param name="name">The purpose of the draws, such as a parameter's name.</param>
    public SeededRandom(long seed, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{name}"), hash);
        _key = BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>64 bits for an index.</summary>
    public ulong Bits(ulong index) => Mix(Mix(index ^ _key) + _key);

    /// <summary>A number between 0 and 1, both excluded.</summary>
    public double Unit(long index) => ((Bits((ulong)index) >> 11) + 0.5) / (1UL << 53);

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

namespace AimmsOrchestrator.Emulator.Faults;

/// <summary>
/// A seeded stream of random numbers (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
/// 2014). Thread-safe.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next number from [0, 1).</summary>
    public double Next()
    {
        var z = Interlocked.Add(ref _state, 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>True with this probability; a rate of zero draws no number.</summary>
    public bool Happens(double rate) => rate > 0 && Next() < rate;
}

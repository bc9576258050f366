using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Engine.Caching;

/// <summary>What the answer desk is told.</summary>
internal static class ResultCacheCommands
{
    /// <summary>
    /// A run begins. The sender hears a <see cref="RunFact.CacheMiss"/>, <see cref="RunFact.InFlight"/> or
    /// <see cref="RunFact.CacheHit"/>, the last perhaps only once another run has ended.
    /// </summary>
    public sealed record Lookup(CacheKey Key, long Index);

    /// <summary>A run asked its question in an earlier process and is under way still: whoever asks the same waits for it.</summary>
    public sealed record Resume(CacheKey Key, long Index);

    /// <summary>A run has ended, and that is on disk; or it was left.</summary>
    public sealed record Release(CacheKey Key, long Index);
}

using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Caching;

/// <summary>What the result cache can do.</summary>
internal static class ResultCacheCommands
{
    /// <summary>
    /// A run begins. <c>ReplyTo</c> gets a <see cref="RunFact.CacheMiss"/>, <see cref="RunFact.InFlight"/> or
    /// <see cref="RunFact.CacheHit"/>, the last perhaps only once another run has ended.
    /// </summary>
    public sealed record Lookup(CacheKey Key, long Index, IActorRef ReplyTo)
    {
        /// <summary>From when on an answer that is no success counts; null for any.</summary>
        public DateTimeOffset? AskedAgainAt { get; init; }
    }

    /// <summary>A run was sent in an earlier process and is still under way: runs with the same key wait for it.</summary>
    public sealed record Resume(CacheKey Key, long Index);

    /// <summary>A run has ended, and that is on disk; or it was detached.</summary>
    public sealed record Release(CacheKey Key, long Index);
}

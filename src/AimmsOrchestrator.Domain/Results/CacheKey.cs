using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Domain.Results;

/// <summary>What the result cache finds a run by.</summary>
/// <param name="Key">What it asks the service.</param>
/// <param name="Extraction">How it takes its results from the response.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CacheKey(RunKey Key, ExtractionKey Extraction)
{
    /// <summary>The key by which an earlier version would have found it; null where it is the same.</summary>
    public RunKey? FormerKey { get; init; }
}

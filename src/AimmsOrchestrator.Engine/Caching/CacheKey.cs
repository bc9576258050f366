using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Engine.Caching;

/// <summary>What a run wants to know.</summary>
/// <param name="Key">What it asks the service.</param>
/// <param name="Extraction">How it takes its figures from the answer.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CacheKey(RunKey Key, ExtractionKey Extraction);

namespace AimmsOrchestrator.Emulator.Wire;

/// <summary>How to speak: which place's shapes, which version's words.</summary>
/// <param name="IsCloud">Nulls present, times blank-separated without a zone; otherwise nulls left out, times ISO 8601 with Z.</param>
/// <param name="IsV1">The older words.</param>
/// <param name="IsPretty">Indented.</param>
internal readonly record struct Dialect(bool IsCloud, bool IsV1, bool IsPretty);

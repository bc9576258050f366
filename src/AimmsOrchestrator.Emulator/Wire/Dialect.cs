namespace AimmsOrchestrator.Emulator.Wire;

/// <summary>The form of a response: the host's shapes and the version's words.</summary>
/// <param name="IsCloud">The cloud writes nulls, and times with a blank and no zone; localhost leaves nulls out and writes ISO 8601 with Z.</param>
/// <param name="IsV1">Version 1's words.</param>
/// <param name="IsPretty">Indented.</param>
internal readonly record struct Dialect(bool IsCloud, bool IsV1, bool IsPretty);

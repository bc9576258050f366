using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Loading;

/// <summary>A scenario's text and the files that it reads, for a server: whether it can be run there, the server finds out.</summary>
/// <param name="Source">The text.</param>
/// <param name="Files">The files, by the name that the scenario gives them.</param>
/// <param name="Unread">What is wrong with the files that it wants and that cannot be read.</param>
public sealed record ScenarioBundle(
    string Source,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files,
    IReadOnlyList<Diagnostic> Unread
);

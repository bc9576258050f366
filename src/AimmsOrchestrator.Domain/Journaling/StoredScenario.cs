namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>A batch's scenario as it was, whatever became of its files.</summary>
/// <param name="Source">Its text.</param>
/// <param name="Attachments">The files it reads, by the name it gives them.</param>
/// <param name="OverridesJson">What the command line changed of it, as JSON.</param>
public sealed record StoredScenario(
    string Source,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments,
    string OverridesJson
);

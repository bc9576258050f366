using AimmsOrchestrator.Domain.Batches.Control;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>A batch that is about to begin.</summary>
public sealed record NewBatch : BatchDescription
{
    /// <summary>The scenario's text, as it was.</summary>
    public required string Source { get; init; }

    /// <summary>The files it reads (base requests, tables) by the name it gives them, as they were.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments { get; init; }

    /// <summary>What the command line changed of the scenario, as JSON; <c>{}</c> where nothing.</summary>
    public string OverridesJson { get; init; } = "{}";

    /// <summary>The caller's name for the submission; null where it has none.</summary>
    public Submission? Submission { get; init; }

    /// <summary>What is set of it from the start, in the transaction that opens it.</summary>
    public IReadOnlyList<ControlSetting> Settings { get; init; } = [];

    public required DateTimeOffset At { get; init; }
}

/// <summary>A caller's own name for a batch that it submits: with it, the same submission opens one batch however often it is sent.</summary>
/// <param name="Key">The name.</param>
/// <param name="Digest">SHA-256 of what was submitted.</param>
public sealed record Submission(string Key, byte[] Digest);

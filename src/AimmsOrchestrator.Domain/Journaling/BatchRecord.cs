using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>A batch that is about to begin.</summary>
public sealed record NewBatch
{
    /// <summary>The scenario's name; the batch's id is this and a counter.</summary>
    public required string Scenario { get; init; }

    public string? Description { get; init; }

    /// <summary>SHA-256 of the scenario and every file it reads: two batches with the same one have the same runs.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The scenario's text, as it was.</summary>
    public required string Source { get; init; }

    /// <summary>The file the text came from, for people.</summary>
    public required string SourceFile { get; init; }

    /// <summary>The files it reads (base requests, tables) by the name it gives them, as they were.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments { get; init; }

    /// <summary>What the command line changed of the scenario, as JSON; <c>{}</c> where nothing.</summary>
    public string OverridesJson { get; init; } = "{}";

    /// <summary>How many runs; null where only making them all says.</summary>
    public long? RunCount { get; init; }

    /// <summary>The service's address as the scenario writes it; never holds a key.</summary>
    public required string ServiceAddress { get; init; }

    /// <summary>The service's name; null where it differs from run to run.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Whether no result of an earlier batch may be reused.</summary>
    public bool IsFresh { get; init; }

    /// <summary>The parameters' names, in the scenario's order.</summary>
    public required IReadOnlyList<string> ParameterNames { get; init; }

    /// <summary>The results' names, in the scenario's order; empty where the whole response is the result.</summary>
    public required IReadOnlyList<string> ResultNames { get; init; }

    /// <summary>What the scenario states about its runs as a whole; null where that is not known.</summary>
    public BatchDesign? Design { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A batch of the workspace.</summary>
public sealed record BatchRecord
{
    /// <summary>Its number in the workspace, which orders all batches; not for people.</summary>
    public required long Number { get; init; }

    public required BatchId Id { get; init; }

    public required string Scenario { get; init; }

    public string? Description { get; init; }

    public required string Fingerprint { get; init; }

    public required string SourceFile { get; init; }

    public required string ServiceAddress { get; init; }

    /// <summary>The service's name; null where it differs from run to run, and in batches of old.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Whether no result of an earlier batch may be reused.</summary>
    public bool IsFresh { get; init; }

    /// <summary>How many runs; null while only making them all would have said.</summary>
    public long? RunCount { get; init; }

    public required IReadOnlyList<string> ParameterNames { get; init; }

    public required IReadOnlyList<string> ResultNames { get; init; }

    /// <summary>What the scenario states about its runs as a whole; null in batches of schema 5 and older.</summary>
    public BatchDesign? Design { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last left; null while it is executed, and after its process died.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended; null while it is executed, and after its process died.</summary>
    public BatchEnd? End { get; init; }

    /// <summary>Why it stopped before its end; null where it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether nothing is left to do: every run has ended, or the batch was cancelled.</summary>
    public bool IsFinished => End is BatchEnd.AllRunsEnded or BatchEnd.Cancelled;
}

/// <summary>A batch's scenario as it was, whatever became of its files.</summary>
/// <param name="Source">Its text.</param>
/// <param name="Attachments">The files it reads, by the name it gives them.</param>
/// <param name="OverridesJson">What the command line changed of it, as JSON.</param>
public sealed record StoredScenario(
    string Source,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments,
    string OverridesJson
);

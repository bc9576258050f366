namespace AimmsOrchestrator.Server.Http;

/// <summary>What a caller may take, and has taken.</summary>
public sealed record LimitDocument
{
    /// <summary>The most runs of a batch.</summary>
    public required long Runs { get; init; }

    /// <summary>The most bytes of a scenario with its files.</summary>
    public required long UploadBytes { get; init; }

    /// <summary>The most time for reading a scenario, or for the condition of a retry.</summary>
    public required double ReadingSeconds { get; init; }

    /// <summary>The fastest rate of requests, such as 100/s.</summary>
    public required string Requests { get; init; }

    /// <summary>Batches that are not finished.</summary>
    public required TakenDocument Unfinished { get; init; }

    /// <summary>Schedules.</summary>
    public required TakenDocument Schedules { get; init; }

    /// <summary>Bytes of responses that are stored. At the most no batch begins, and those under way are paused.</summary>
    public required TakenDocument ResponseBytes { get; init; }
}

/// <summary>Something that a caller may have only so much of.</summary>
/// <param name="Taken">What it has.</param>
/// <param name="Most">What it may have.</param>
public sealed record TakenDocument(long Taken, long Most);

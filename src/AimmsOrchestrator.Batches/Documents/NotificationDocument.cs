namespace AimmsOrchestrator.Batches.Documents;

/// <summary>The body of a notification.</summary>
public sealed record NotificationDocument
{
    public required string Text { get; init; }
    public required string Batch { get; init; }
    public required string Scenario { get; init; }
    public required string Cause { get; init; }
    public required string End { get; init; }
    public required string? Reason { get; init; }
    public required long Completed { get; init; }
    public required long Failed { get; init; }
    public required long Cancelled { get; init; }
    public required IReadOnlyList<ExpectationDocument> Expectations { get; init; }
    public required int ExitCode { get; init; }

    /// <summary>What came out, in the first sentence of the report's findings; null where there is none.</summary>
    public required string? Finding { get; init; }

    /// <summary>The file of the report on this machine; null where none is written.</summary>
    public required string? Report { get; init; }
}

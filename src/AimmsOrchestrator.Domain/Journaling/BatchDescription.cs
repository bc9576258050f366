using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>What a batch runs, and where: fixed when it is opened.</summary>
public abstract record BatchDescription
{
    /// <summary>The scenario's name; the batch's id is this and a counter.</summary>
    public required string Scenario { get; init; }

    public string? Description { get; init; }

    /// <summary>SHA-256 of the scenario and every file it reads: two batches with the same one have the same runs.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The file the scenario's text came from, for people.</summary>
    public required string SourceFile { get; init; }

    /// <summary>How many runs; null where only making them all says.</summary>
    public long? RunCount { get; init; }

    /// <summary>The service's address as the scenario writes it; never holds a key.</summary>
    public required string ServiceAddress { get; init; }

    /// <summary>The service's name; null where it differs from run to run, and in batches of old.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Who submitted it to a server; null where it was begun on the command line.</summary>
    public string? Owner { get; init; }

    /// <summary>The schedule that began it; null where a person did.</summary>
    public ScheduledStart? Scheduled { get; init; }

    /// <summary>Whether no result of an earlier batch may be reused.</summary>
    public bool IsFresh { get; init; }

    /// <summary>The parameters' names, in the scenario's order.</summary>
    public required IReadOnlyList<string> ParameterNames { get; init; }

    /// <summary>The results' names, in the scenario's order; empty where the whole response is the result.</summary>
    public required IReadOnlyList<string> ResultNames { get; init; }

    /// <summary>What the scenario states about its runs as a whole; null in batches of schema 5 and older.</summary>
    public BatchDesign? Design { get; init; }
}

/// <summary>That a schedule began a batch.</summary>
/// <param name="Schedule">The schedule's number, also of one that was removed.</param>
/// <param name="Due">When the batch was due.</param>
/// <param name="Late">Why it began late, in words; null where it began in time.</param>
public sealed record ScheduledStart(long Schedule, DateTimeOffset Due, string? Late);

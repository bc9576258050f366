using System.Text.Json;
using System.Text.Json.Serialization;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Server.Schedules;

namespace AimmsOrchestrator.Server.OpenApi;

/// <summary>A problem (RFC 9457) of a scenario.</summary>
internal sealed record ScenarioProblemDocument
{
    /// <summary>What kind of problem it is, as an address.</summary>
    public string? Type { get; init; }

    /// <summary>That in words.</summary>
    public string? Title { get; init; }

    /// <summary>The answer's status.</summary>
    public int? Status { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public string? Detail { get; init; }

    /// <summary>All that is wrong with the scenario, with its places; left out where something else is.</summary>
    [JsonPropertyName("mistakes")]
    public IReadOnlyList<DiagnosticDocument>? Diagnostics { get; init; }
}

/// <summary>What a submission came to: a batch, or a schedule that begins batches.</summary>
internal sealed record SubmissionDocument
{
    /// <summary>The batch's id; null where the scenario has a schedule: no batch has begun.</summary>
    public required string? Id { get; init; }

    /// <summary>The scenario's name.</summary>
    public required string? Scenario { get; init; }

    /// <summary>How many runs a batch has; null where they are not counted.</summary>
    public required long? Runs { get; init; }

    /// <summary>Who submitted it.</summary>
    public required string? Owner { get; init; }

    /// <summary>Whether it is an earlier batch of the same scenario, which goes on; left out of a schedule.</summary>
    public bool? IsContinued { get; init; }

    /// <summary>What earlier batches have of it; left out where that was not asked for.</summary>
    public PlanStatusDocument? Status { get; init; }

    /// <summary>The schedule that was not kept, since the batch was to begin at once; left out where the scenario has none.</summary>
    public string? UnkeptSchedule { get; init; }

    /// <summary>What is probably not what the author wants; left out where there is nothing.</summary>
    public IReadOnlyList<DiagnosticDocument>? Warnings { get; init; }

    /// <summary>The schedule; left out of a batch.</summary>
    public ScheduleDocument? Schedule { get; init; }
}

/// <summary>Some runs of a batch, by index.</summary>
/// <param name="Runs">The runs that have begun.</param>
/// <param name="Next">What to ask for as <c>after</c> to get the rest; null where there is no more.</param>
internal sealed record RunPageDocument(IReadOnlyList<ReportedRunDocument> Runs, long? Next);

/// <summary>A run, as a report has it.</summary>
internal sealed record ReportedRunDocument
{
    public required long Index { get; init; }

    /// <summary>The SHA-256 of what it asks the service; null where it cannot be asked.</summary>
    public required string? Key { get; init; }

    public required string Name { get; init; }
    public required IReadOnlyDictionary<string, JsonElement> Parameters { get; init; }
    public required string State { get; init; }

    /// <summary>The values that the scenario extracts from its response, by name; empty before it has one.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Results { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public required string? Error { get; init; }

    public required ReportedTaskDocument Task { get; init; }
    public required int Attempts { get; init; }

    /// <summary>How it was found out what became of a submit whose answer was lost; left out where none was.</summary>
    public string? Settled { get; init; }

    /// <summary>That its result is an incumbent of an interrupted solve; left out where it is not.</summary>
    public bool? Incumbent { get; init; }

    /// <summary>The earlier run whose response it has; left out where it has its own.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>What else there is to know of it; left out where there is nothing.</summary>
    public string? Notes { get; init; }
}

/// <summary>A run's task at the service.</summary>
/// <param name="Id">Its id there; null before there is one.</param>
/// <param name="QueueTime">For how many seconds it waited for a session.</param>
/// <param name="RunTime">For how many seconds it ran.</param>
/// <param name="ReturnCode">What its procedure returned.</param>
internal sealed record ReportedTaskDocument(string? Id, double? QueueTime, double? RunTime, double? ReturnCode)
{
    /// <summary>The session that ran it; left out where the service does not say.</summary>
    public string? SessionId { get; init; }

    /// <summary>Whose key submitted it; left out where the service does not say.</summary>
    public string? UserName { get; init; }
}

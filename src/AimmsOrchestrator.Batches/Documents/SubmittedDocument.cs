using System.Text.Json.Serialization;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>A batch that was submitted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scenario">Its scenario's name.</param>
/// <param name="Runs">How many runs; null where they are not counted.</param>
/// <param name="Owner">Who submitted it.</param>
public sealed record SubmittedDocument(string Id, string? Scenario, long? Runs, string? Owner)
{
    /// <summary>Whether it is an earlier batch of the same scenario, which goes on.</summary>
    public bool IsContinued { get; init; }

    /// <summary>What earlier batches have of it; left out where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlanStatusDocument? Status { get; init; }

    /// <summary>The schedule that was not kept, since the batch was to begin at once; left out where the scenario has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UnkeptSchedule { get; init; }

    /// <summary>What is probably not what the author wants; left out where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DiagnosticDocument>? Warnings { get; init; }
}

/// <summary>What is run again of a batch.</summary>
/// <param name="Announcement">What is run again and what stays, in words.</param>
/// <param name="Chosen">How many runs.</param>
public sealed record RetriedDocument(string Announcement, int Chosen);

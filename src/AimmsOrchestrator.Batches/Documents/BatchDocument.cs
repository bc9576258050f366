using System.Globalization;
using System.Text.Json.Serialization;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService.Insight;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>Where a batch is; times are in UTC.</summary>
public sealed record BatchDocument
{
    public required string Batch { get; init; }
    public required string Scenario { get; init; }
    public required string State { get; init; }
    public required string? Reason { get; init; }

    /// <summary>Who submitted it to a server; left out where it was begun on the command line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Owner { get; init; }

    /// <summary>The schedule that began it; left out where a person did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScheduledStartDocument? Scheduled { get; init; }

    /// <summary>Since when a person has paused it; left out where it is not paused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PausedSince { get; init; }

    /// <summary>The limits that were set since it began, such as <c>limits.concurrency</c>, in the scenario's notation; left out where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Set { get; init; }

    /// <summary>How many unfinished tasks <c>concurrency: auto</c> keeps now; left out where the scenario states the number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Concurrency { get; init; }

    public required long? Runs { get; init; }
    public required long Completed { get; init; }
    public required long Failed { get; init; }
    public required long Cancelled { get; init; }
    public required long Pending { get; init; }
    public required IReadOnlyDictionary<string, long> ByState { get; init; }

    /// <summary>How many runs failed by which kind of error; left out where none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, long>? FailedByKind { get; init; }

    /// <summary>What is wrong with the batch as a whole; left out where nothing is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BatchWarning>? Warnings { get; init; }

    /// <summary>How many bytes of the workspace its responses take; only in a list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ResponseBytes { get; init; }

    /// <summary>How many bytes its results and events take, about; only in a list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? EventBytes { get; init; }

    public required string StartedAt { get; init; }
    public required string? EndedAt { get; init; }

    /// <summary>The runs that have begun and not ended; only in a batch's status.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunUnderWayDocument>? UnderWay { get; init; }

    /// <summary>What is true of how many results; only where the batch was just left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, long>? Marks { get; init; }

    /// <summary>Only where the batch was just left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ExpectationDocument>? Expectations { get; init; }

    /// <summary>Only where the batch was just left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExitCode { get; init; }

    public static BatchDocument Of(BatchStatus status) =>
        new()
        {
            Batch = status.Batch.Id.Value,
            Scenario = status.Batch.Scenario,
            State = status.State.Word(),
            Reason = status.Batch.Reason,
            Owner = status.Batch.Owner,
            Scheduled = status.Batch.Scheduled is { } start
                ? new ScheduledStartDocument(start.Schedule, Text(start.Due), start.Late)
                : null,
            PausedSince = status.PausedSince is { } since ? Text(since) : null,
            Set = status.Controls.Limits is { Count: > 0 } limits
                ? limits.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal)
                : null,
            Concurrency = status.FoundConcurrency,
            Runs = status.Batch.RunCount,
            Completed = status.Counts.Completed,
            Failed = status.Counts.Failed,
            Cancelled = status.Counts.Cancelled,
            Pending = status.Counts.Pending,
            ByState = status.ByState.ToDictionary(s => s.State.Word(), s => s.Count, StringComparer.Ordinal),
            FailedByKind = status.Failures.ByKind.Count > 0 ? status.Failures.ByWord : null,
            Warnings = status.Warnings.Count > 0 ? status.Warnings : null,
            ResponseBytes = status.Size?.Responses,
            EventBytes = status.Size?.Events,
            StartedAt = Text(status.Batch.StartedAt),
            EndedAt = status.Batch.EndedAt is { } end ? Text(end) : null,
        };

    internal static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>That a schedule began a batch.</summary>
/// <param name="Schedule">The schedule's id, also of one that was removed.</param>
/// <param name="DueAt">When the batch was due.</param>
/// <param name="Late">Why it began late; null where it began in time.</param>
public sealed record ScheduledStartDocument(long Schedule, string DueAt, string? Late);

/// <summary>A run that has begun and not ended.</summary>
/// <param name="Index">Its index in the batch.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">The word for its state.</param>
/// <param name="Task">Its task's id at the service; null where there is none yet.</param>
public sealed record RunUnderWayDocument(long Index, string Name, string State, string? Task)
{
    /// <summary>How far its solver was when it was last asked; left out where that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SolveDocument? Solve { get; init; }

    public static IReadOnlyList<RunUnderWayDocument> Of(
        IEnumerable<RunRecord> runs,
        IReadOnlyDictionary<long, RunSolve> solves
    ) =>
        [
            .. runs.Select(run => new RunUnderWayDocument(run.Index, run.Name, run.State.Word(), run.TaskId?.Value)
            {
                Solve = solves.GetValueOrDefault(run.Index) is { } solve
                    ? new SolveDocument(
                        solve.Status.Incumbent,
                        solve.Status.Bound,
                        solve.Status.Gap,
                        BatchDocument.Text(solve.At)
                    )
                    : null,
            }),
        ];
}

/// <summary>How far the solver of a run was.</summary>
/// <param name="Incumbent">The objective of its best solution; null before one.</param>
/// <param name="Bound">The best bound on it.</param>
/// <param name="Gap">A share of the incumbent.</param>
/// <param name="At">When it was asked.</param>
public sealed record SolveDocument(double? Incumbent, double? Bound, double? Gap, string At);

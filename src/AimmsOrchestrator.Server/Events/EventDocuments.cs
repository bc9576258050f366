using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Server.Events;

/// <summary>How far a batch is; every number is absolute, so that a lost event is made good by the next.</summary>
public sealed record ProgressDocument
{
    public required string Batch { get; init; }
    public required string State { get; init; }
    public required long? Runs { get; init; }
    public required long Completed { get; init; }
    public required long Failed { get; init; }
    public required long Cancelled { get; init; }
    public required IReadOnlyDictionary<string, long> ByState { get; init; }
    public required double? EndedPerMinute { get; init; }

    /// <summary>How long the rest takes, in seconds; null where that is not known.</summary>
    public required double? SecondsLeft { get; init; }
    public required double? SecondsLeftAtLeast { get; init; }
    public required double? SecondsLeftAtMost { get; init; }

    /// <summary>How many tasks are kept at the service; null where the scenario fixes the number.</summary>
    public required int? Concurrency { get; init; }

    /// <summary>What it waits for, in words; null where it waits for nothing in particular.</summary>
    public required string? WaitsFor { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }
    public required IReadOnlyList<WaitDocument> Longest { get; init; }

    public static ProgressDocument Of(string batch, BatchProgress progress) =>
        new()
        {
            Batch = batch,
            State = progress.PausedSince is null ? "running" : "paused",
            Runs = progress.Total,
            Completed = progress.CountByState.Completed,
            Failed = progress.CountByState.Failed,
            Cancelled = progress.CountByState.Cancelled,
            ByState = RunStates
                .All.Where(state => progress.CountByState[state] > 0)
                .ToDictionary(state => state.Word(), state => progress.CountByState[state], StringComparer.Ordinal),
            EndedPerMinute = progress.EndedPerMinute,
            SecondsLeft = progress.TimeLeft?.Likely.TotalSeconds,
            SecondsLeftAtLeast = progress.TimeLeft?.Least.TotalSeconds,
            SecondsLeftAtMost = progress.TimeLeft?.Most.TotalSeconds,
            Concurrency = progress.Concurrency,
            WaitsFor = progress switch
            {
                { PausedSince: not null } => "a person to continue it",
                { Away: { } away } => away,
                { HeldBack: { } held } => $"the service, which asks for no requests for {held.TotalSeconds:0} s",
                { HeldAtAccount: { } held } => $"a slot: the account has {held} unfinished tasks",
                _ => null,
            },
            Warnings = progress.Warnings,
            Longest = [.. progress.Longest.Select(WaitDocument.Of)],
        };
}

/// <summary>A run under way.</summary>
public sealed record WaitDocument(
    string Run,
    string State,
    double Seconds,
    double? Incumbent,
    double? Bound,
    double? Gap
)
{
    public static WaitDocument Of(RunWait wait) =>
        new(
            wait.Name,
            wait.State.Word(),
            wait.For.TotalSeconds,
            wait.Solve?.Incumbent,
            wait.Solve?.Bound,
            wait.Solve?.Gap
        );
}

/// <summary>A run that ended.</summary>
public sealed record RunDocument(
    string Batch,
    long Index,
    string Name,
    string State,
    JsonElement? Results,
    string? Error
)
{
    public static RunDocument Of(string batch, RunRecord run) =>
        new(batch, run.Index, run.Name, run.State.Word(), Parsed(run.ResultsJson), run.Error?.Message);

    private static JsonElement? Parsed(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = LenientJson.Parse(json);
        return document.RootElement.Clone();
    }
}

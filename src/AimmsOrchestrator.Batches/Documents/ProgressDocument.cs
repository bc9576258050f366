using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService.Insight;

namespace AimmsOrchestrator.Batches.Documents;

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

    /// <summary>Since when a person has paused it; null where it is not paused.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>Why the service cannot be reached; null where it can.</summary>
    public string? Away { get; init; }

    /// <summary>For how many more seconds the service asks for no requests; null where it does not.</summary>
    public double? HeldBackSeconds { get; init; }

    /// <summary>How many slots of the account are held where submits wait for one; null where they do not.</summary>
    public int? HeldAtAccount { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
    public required IReadOnlyList<WaitDocument> Longest { get; init; }

    /// <summary>The latest failures, the newest last.</summary>
    public IReadOnlyList<RunFailure> Failures { get; init; } = [];

    /// <summary>The latest results, the newest last.</summary>
    public IReadOnlyList<RunSuccess> Successes { get; init; } = [];

    public static ProgressDocument Of(string batch, BatchProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return new ProgressDocument
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
            PausedSince = progress.PausedSince,
            Away = progress.Away,
            HeldBackSeconds = progress.HeldBack?.TotalSeconds,
            HeldAtAccount = progress.HeldAtAccount,
            Warnings = progress.Warnings,
            Longest = [.. progress.Longest.Select(WaitDocument.Of)],
            Failures = progress.Failures,
            Successes = progress.Successes,
        };
    }

    /// <summary>The same as the views of progress take it.</summary>
    public BatchProgress ToProgress() =>
        new()
        {
            Total = Runs,
            CountByState = RunStates
                .All.Where(state => ByState.ContainsKey(state.Word()))
                .Aggregate(StateCounts.None, (counts, state) => counts.Plus(state, ByState[state.Word()])),
            Elapsed = TimeSpan.Zero,
            EndedPerMinute = EndedPerMinute,
            TimeLeft = this is { SecondsLeft: { } likely, SecondsLeftAtLeast: { } least, SecondsLeftAtMost: { } most }
                ? new TimeLeft(TimeSpan.FromSeconds(likely), TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most))
                : null,
            PausedSince = PausedSince,
            Away = Away,
            HeldBack = HeldBackSeconds is { } held ? TimeSpan.FromSeconds(held) : null,
            HeldAtAccount = HeldAtAccount,
            Concurrency = Concurrency,
            Warnings = Warnings,
            Longest = [.. Longest.Select(wait => wait.ToWait())],
            Failures = Failures,
            Successes = Successes,
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
    public static WaitDocument Of(RunWait wait)
    {
        ArgumentNullException.ThrowIfNull(wait);
        return new WaitDocument(
            wait.Name,
            wait.State.Word(),
            wait.For.TotalSeconds,
            wait.Solve?.Incumbent,
            wait.Solve?.Bound,
            wait.Solve?.Gap
        );
    }

    /// <summary>The same as the views of progress take it.</summary>
    public RunWait ToWait() =>
        new(Run, RunStates.All.First(state => state.Word() == State), TimeSpan.FromSeconds(Seconds))
        {
            Solve = new SolveStatus(Incumbent, Bound, Gap) is { IsKnown: true } solve ? solve : null,
        };
}

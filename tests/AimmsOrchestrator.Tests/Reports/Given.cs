using System.Globalization;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Reports;

namespace AimmsOrchestrator.Tests.Reports;

/// <summary>Batches and runs for reports.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static BatchRecord Batch(string[] parameters, string[] results) =>
        new()
        {
            Number = 1,
            Id = new BatchId("a-1"),
            Scenario = "a",
            Fingerprint = "",
            SourceFile = "a.yaml",
            ServiceAddress = "emulator",
            ParameterNames = parameters,
            ResultNames = results,
            StartedAt = Start,
        };

    /// <summary>The sentences of a report about runs with one result.</summary>
    public static IReadOnlyList<string> Findings(
        string[] parameters,
        IEnumerable<RunRecord> runs,
        string result = "cost"
    )
    {
        RunRecord[] all = [.. runs];
        return
        [
            .. ReportBuilder
                .Summarize(Batch(parameters, [result]), new RunWalk(() => all))
                .Findings.Select(finding => finding.Text),
        ];
    }

    public static RunRecord Run(long index, string parameters, string? results, string? error = null) =>
        new()
        {
            Index = index,
            Name = $"run {index}",
            ParametersJson = parameters,
            ResultsJson = results,
            Phase = error is null ? RunPhase.Completed : RunPhase.Failed,
            Error = error is null ? null : new RunError(RunErrorKind.TaskFailed, error),
            TaskId = new TaskId($"t{index}"),
            QueueTime = TimeSpan.FromSeconds(1),
            RunTime = TimeSpan.FromSeconds(2),
            Attempts = 1,
            StartedAt = Start.AddSeconds(index),
            EndedAt = Start.AddSeconds(index + 3),
        };

    /// <summary>A run that has not begun.</summary>
    public static RunRecord Pending(long index, string parameters) =>
        new()
        {
            Index = index,
            Name = $"run {index}",
            ParametersJson = parameters,
            Phase = RunPhase.Pending,
            Attempts = 1,
            StartedAt = default,
        };

    public static string Json(params (string Name, double Value)[] members) =>
        $"{{{string.Join(',', members.Select(m => string.Create(CultureInfo.InvariantCulture, $"\"{m.Name}\":{m.Value:R}")))}}}";
}

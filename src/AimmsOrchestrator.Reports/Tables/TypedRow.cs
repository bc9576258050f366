using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>
/// A run as typed cells, for formats that have types: the columns of CSV, then when the run began and ended. A cell is a <see cref="long"/>, a <see cref="double"/>, a <see cref="bool"/>, a <see cref="DateTime"/> in UTC, a text or null.
/// </summary>
internal static class TypedRow
{
    /// <summary>The columns after those of CSV; the times are UTC.</summary>
    public static readonly string[] Times = ["startedAt", "endedAt"];

    /// <summary>The headers; no two differ by case alone, since many readers of such formats ignore case.</summary>
    public static IReadOnlyList<string> Headers(Columns columns) =>
        columns.Headers(StringComparer.OrdinalIgnoreCase, Times);

    public static object?[] Cells(Columns columns, RunRecord run)
    {
        using var parameters = LenientJson.Parse(run.ParametersJson);
        using var results = LenientJson.Parse(run.ResultsJson ?? "{}");
        return
        [
            run.Index,
            run.Name,
            .. Values(columns.Parameters, parameters.RootElement),
            run.State.Word(),
            .. Values(columns.Results, results.RootElement),
            .. Compared(columns, results.RootElement),
            run.Error?.Message,
            run.TaskId?.Value,
            Seconds(run.QueueTime),
            Seconds(run.RunTime),
            (long?)run.ReturnCode,
            (long)run.Attempts,
            run.Settled?.Word(),
            run.IsIncumbent,
            run.ReusedFrom,
            run.Key?.Hex,
            run.Notes,
            .. columns.HasSessions ? (object?[])[run.SessionId, run.UserName] : [],
            run.StartedAt == default ? null : run.StartedAt.UtcDateTime,
            run.EndedAt?.UtcDateTime,
        ];
    }

    private static IEnumerable<object?> Values(IReadOnlyList<string> names, JsonElement values) =>
        names.Select(name => values.TryGetProperty(name, out var found) ? Cell.Value(found) : null);

    private static List<object?> Compared(Columns columns, JsonElement results) =>
        [
            .. columns.Compared.SelectMany(name =>
            {
                var (difference, ratio) = columns.Baseline!.Compare(name, results);
                return new object?[] { difference, ratio };
            }),
        ];

    private static double? Seconds(TimeSpan? time) => time is { } t ? Math.Round(t.TotalSeconds, 6) : null;
}

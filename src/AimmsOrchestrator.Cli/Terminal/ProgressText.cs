using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>The progress of a batch in words.</summary>
internal static partial class ProgressText
{
    private const int MostResults = 8;
    private const int LongestResult = 40;

    /// <summary>Results can be long and are drawn four times per second: each is read once.</summary>
    private static readonly ConditionalWeakTable<RunSuccess, string> Texts = [];

    /// <summary><c>37 of 60 done, 1 failed; 2 queued, 3 solving; 12.4/min, 2 min 10 s left</c>.</summary>
    public static string Line(BatchProgress progress)
    {
        var parts = new List<string> { Done(progress), UnderWay(progress), Pace(progress) };
        return string.Join("; ", parts.Where(p => p.Length > 0));
    }

    /// <summary><c>37 of 60 done, 1 failed</c>.</summary>
    public static string Done(BatchProgress progress)
    {
        var total = progress.Total is { } t ? $" of {t}" : "";
        var failed = progress.CountByState.Failed;
        return $"{progress.CountByState.Ended}{total} done{(failed > 0 ? $", {failed} failed" : "")}";
    }

    /// <summary><c>2 queued, 3 solving</c>, and the number of tasks that is kept where it is found, such as <c>(auto 7)</c>; empty where nothing is under way.</summary>
    public static string UnderWay(BatchProgress progress)
    {
        var counts = string.Join(
            ", ",
            RunStates
                .UnderWay.Where(state => progress.CountByState[state] > 0)
                .Select(state => $"{progress.CountByState[state]} {state.Word()}")
        );
        return counts.Length > 0 && progress.Concurrency is { } found ? $"{counts} (auto {found})" : counts;
    }

    /// <summary>
    /// <c>12.4/min, 2 min 10 s left (1 min 40 s to 3 min 5 s)</c>; what the batch waits for, where it waits.
    /// </summary>
    public static string Pace(BatchProgress progress)
    {
        if (progress.PausedSince is { } since)
        {
            return $"paused (since {since.Moment()}): `aimms-batch continue` continues";
        }

        if (progress.Away is { } away)
        {
            return $"waiting for the service ({away})";
        }

        if (progress.HeldBack is { } held)
        {
            return $"the service asks to wait {held.Text()} more";
        }

        if (progress.HeldAtAccount is { } slots)
        {
            return $"waiting for a slot: {slots} {(slots == 1 ? "task" : "tasks")} at the account, of all batches";
        }

        if (progress.EndedPerMinute is not { } rate)
        {
            return "";
        }

        var pace = string.Create(CultureInfo.InvariantCulture, $"{rate:0.#}/min");
        return progress.TimeLeft is { Likely.Ticks: > 0 } left ? $"{pace}, {Left(left)}" : pace;
    }

    /// <summary>A run's name with its numbers to six digits: a sample's have seventeen, and leave no room for the result.</summary>
    public static string ShortName(string name, int most) => LongNumber().Replace(name, Rounded).OneLine(most);

    /// <summary><c>cost 1534.2, open_lanes 5</c>: the results that are a number or a word.</summary>
    public static string Results(RunSuccess success) =>
        Texts.GetValue(
            success,
            run => run.IsIncumbent ? $"(incumbent) {Results(run.ResultsJson)}" : Results(run.ResultsJson)
        );

    private static string Results(string resultsJson)
    {
        using var results = LenientJson.Parse(resultsJson);
        return string.Join(
            ", ",
            results
                .RootElement.EnumerateObject()
                .Where(result => result.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                .Take(MostResults)
                .Select(result => $"{result.Name} {Cell(result.Value)}")
        );
    }

    [GeneratedRegex(
        @"(?<!\d)\d+\.\d{5,}",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex LongNumber();

    private static string Rounded(Match number) =>
        double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("G6", CultureInfo.InvariantCulture);

    private static string Cell(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            ? number.ToString("G6", CultureInfo.InvariantCulture)
            : value.ToString().OneLine(LongestResult);

    /// <summary>The bounds are left out where they say the same as the middle.</summary>
    private static string Left(TimeLeft left)
    {
        var (least, likely, most) = (left.Least.Text(), left.Likely.Text(), left.Most.Text());
        return left.Most < left.Least * 1.1 || least == most ? $"{likely} left" : $"{likely} left ({least} to {most})";
    }
}

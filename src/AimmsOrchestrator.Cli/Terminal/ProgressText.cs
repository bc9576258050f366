using System.Globalization;
using AimmsOrchestrator.Domain.Progress;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>How far a batch is, in words.</summary>
internal static class ProgressText
{
    // In the order of a run's life, which is how a person reads them.
    private static readonly string[] StatesUnderWay =
    [
        "submitting",
        "unconfirmed",
        "queued",
        "assigned",
        "running",
        "solving",
        "retrieving",
    ];

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
        var failed = progress.CountByState.GetValueOrDefault("failed");
        return $"{progress.Ended}{total} done{(failed > 0 ? $", {failed} failed" : "")}";
    }

    /// <summary><c>2 queued, 3 solving</c>; empty where nothing is under way.</summary>
    public static string UnderWay(BatchProgress progress) =>
        string.Join(
            ", ",
            StatesUnderWay
                .Select(state => (state, count: progress.CountByState.GetValueOrDefault(state)))
                .Where(s => s.count > 0)
                .Select(s => $"{s.count} {s.state}")
        );

    /// <summary><c>12.4/min, 2 min 10 s left</c>; what holds everything back, where something does.</summary>
    public static string Pace(BatchProgress progress)
    {
        if (progress.Away is { } away)
        {
            return $"waiting for the service ({away})";
        }

        if (progress.HeldBack is { } held)
        {
            return $"the service asks to wait {held.Text()} more";
        }

        if (progress.EndedPerMinute is not { } rate)
        {
            return "";
        }

        var pace = string.Create(CultureInfo.InvariantCulture, $"{rate:0.#}/min");
        return progress.TimeLeft is { } left && left > TimeSpan.Zero ? $"{pace}, {left.Text()} left" : pace;
    }
}

using AimmsOrchestrator.Domain.Polling;

namespace AimmsOrchestrator.Benchmarks.Polls;

/// <summary>Polls a batch to its end, in virtual time.</summary>
internal static class PollLoop
{
    /// <summary>Single polls.</summary>
    /// <param name="times">The run times.</param>
    /// <param name="nextAge">At which age, in seconds, a run is polled next.</param>
    /// <param name="planner">Learns from the polls; null where nothing does.</param>
    public static List<NoticedRun> ByTask(RunTimes times, Func<PolledRun, double> nextAge, PollPlanner? planner = null)
    {
        var batch = new PolledBatch(times);
        var due = batch.Running.Select(Due).ToArray();
        while (!batch.IsOver)
        {
            var slot = Array.IndexOf(due, due.Min());
            var now = due[slot];
            Poll(batch, slot, now, 1, planner);
            due[slot] = Due(batch.Running[slot]);
            if (planner?.Learn(Watched(batch, now)) == true)
            {
                due = [.. batch.Running.Select(Due).Select(d => Math.Max(d, now))];
            }
        }

        return batch.Noticed;

        double Due(PolledRun? run) => run is { } r ? r.Start + nextAge(r) : double.PositiveInfinity;
    }

    /// <summary>Listings, one request each.</summary>
    /// <param name="times">The run times.</param>
    /// <param name="wait">The seconds until the next listing, by the tasks that are watched.</param>
    /// <param name="planner">Learns from the listings; null where nothing does.</param>
    public static List<NoticedRun> ByList(
        RunTimes times,
        Func<IReadOnlyList<WatchedTask>, double> wait,
        PollPlanner? planner = null
    )
    {
        var batch = new PolledBatch(times);
        var now = 0.0;
        while (!batch.IsOver)
        {
            now += wait(Watched(batch, now));
            int[] running = [.. Enumerable.Range(0, PolledBatch.Slots).Where(s => batch.Running[s] is not null)];
            foreach (var slot in running)
            {
                Poll(batch, slot, now, 1.0 / running.Length, planner);
            }

            planner?.Learn(Watched(batch, now));
        }

        return batch.Noticed;
    }

    private static void Poll(PolledBatch batch, int slot, double now, double requests, PollPlanner? planner)
    {
        var run = batch.Running[slot]!.Value.Watched(now);
        if (batch.Poll(slot, now, requests) is { } duration)
        {
            planner?.Ended(run.SeenRunning, TimeSpan.FromSeconds(duration));
        }
        else
        {
            planner?.StillRunning(run.SeenRunning, run.Age);
        }
    }

    private static IReadOnlyList<WatchedTask> Watched(PolledBatch batch, double now) =>
        [.. batch.Running.OfType<PolledRun>().Select(r => r.Watched(now))];
}

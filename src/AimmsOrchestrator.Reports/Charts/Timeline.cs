using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>The timeline of a batch: its tasks' waits and runs, and how many were at the service.</summary>
internal static class Timeline
{
    private const int MostSpans = 2000;
    private const int MostPoints = 2000;

    /// <summary>The rows whose tasks are drawn, by their start: all, or an even sample.</summary>
    public static IReadOnlyList<int> Rows(RunFrame frame)
    {
        var rows = Frames.RowSelection.Where(frame.Count, row => !double.IsNaN(frame.Started[row]));
        Array.Sort(rows, (a, b) => (frame.Started[a], a).CompareTo((frame.Started[b], b)));
        return rows.Length <= MostSpans
            ? rows
            : [.. Enumerable.Range(0, MostSpans).Select(i => rows[(int)((long)i * rows.Length / MostSpans)])];
    }

    /// <summary>The chart; null if the service never had a task.</summary>
    /// <param name="frame">The batch.</param>
    /// <param name="rows">The rows to draw, by their start.</param>
    /// <param name="name">The run's name, by row.</param>
    public static TimelineChart? Of(RunFrame frame, IReadOnlyList<int> rows, Func<int, string> name)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var start = frame.Started[rows[0]];
        var now = LastMoment(frame);
        var spans = new List<TimelineSpan>(rows.Count);
        var free = new PriorityQueue<int, int>();
        var busy = new PriorityQueue<int, double>();
        foreach (var row in rows)
        {
            var (submitted, ended) = (frame.Started[row] - start, End(frame, row, now) - start);
            while (busy.TryPeek(out var done, out var until) && until <= submitted)
            {
                free.Enqueue(busy.Dequeue(), done);
            }

            var lane = free.TryDequeue(out var empty, out _) ? empty : busy.Count;
            busy.Enqueue(lane, ended);
            var ran = frame.RunSeconds[row];
            var running = double.IsNaN(ran) ? ended : Math.Max(submitted, ended - ran);
            spans.Add(new(frame.Indexes[row], name(row), lane, submitted, running, ended, frame.State(row)));
        }

        var (concurrency, isThinned) = Concurrency(frame, start, now);
        return new TimelineChart
        {
            Id = "timeline",
            Title = "When each task waited and ran",
            Note = Note(frame, spans.Count, isThinned),
            Start = frame.Origin.AddSeconds(start),
            Spans = spans,
            Concurrency = concurrency,
        };
    }

    private static string? Note(RunFrame frame, int spans, bool isThinned)
    {
        var tasks = 0;
        foreach (var started in frame.Started)
        {
            tasks += double.IsNaN(started) ? 0 : 1;
        }

        var sample = tasks > spans ? $"{spans} of {tasks} tasks are drawn." : "";
        var thinned = isThinned ? "Each interval shows the most tasks that were at the service in it." : "";
        var note = $"{sample} {thinned}".Trim();
        return note.Length == 0 ? null : note;
    }

    private static double LastMoment(RunFrame frame)
    {
        var last = double.NegativeInfinity;
        for (var row = 0; row < frame.Count; row++)
        {
            var moment = double.IsNaN(frame.Ended[row]) ? frame.Started[row] : frame.Ended[row];
            last = double.IsNaN(moment) ? last : Math.Max(last, moment);
        }

        return last;
    }

    /// <summary>
    /// When a task ended at the service: by its queue and run times if they are known, since the run itself lasts until its
    /// response has arrived. A task that has not ended lasts until the last known moment, and a clock that was set back makes
    /// no duration negative.
    /// </summary>
    private static double End(RunFrame frame, int row, double now)
    {
        var (started, ended) = (frame.Started[row], frame.Ended[row]);
        var atService = started + frame.QueueSeconds[row] + frame.RunSeconds[row];
        return Math.Max(
            started,
            double.IsNaN(ended) ? now
                : atService < ended ? atService
                : ended
        );
    }

    private static (List<ChartPoint> Points, bool IsThinned) Concurrency(RunFrame frame, double start, double now)
    {
        var starts = Frames.RowSelection.Known(frame.Started);
        var ends = new double[starts.Length];
        for (var (row, next) = (0, 0); next < ends.Length; row++)
        {
            if (!double.IsNaN(frame.Started[row]))
            {
                ends[next++] = End(frame, row, now);
            }
        }

        Array.Sort(starts);
        Array.Sort(ends);
        var points = new List<ChartPoint>();
        var width = starts.Length + ends.Length > MostPoints ? (ends[^1] - start) / (MostPoints - 1) : 0;
        var (begun, ended) = (0, 0);
        while (ended < ends.Length)
        {
            var at = begun < starts.Length ? Math.Min(starts[begun], ends[ended]) : ends[ended];
            begun += CountAt(starts, begun, at);
            ended += CountAt(ends, ended, at);
            var next =
                begun < starts.Length ? Math.Min(starts[begun], ends[ended])
                : ended < ends.Length ? ends[ended]
                : double.PositiveInfinity;

            // A count that lasts longer than an interval is drawn as it is: the maximum of a busy moment must not cover an idle hour.
            if (points.Count > 0 && next - start - points[^1].X < width)
            {
                points[^1] = points[^1] with { Y = Math.Max(points[^1].Y, begun - ended) };
            }
            else
            {
                points.Add(new ChartPoint(at - start, begun - ended));
            }
        }

        return (points, width > 0);
    }

    private static int CountAt(double[] moments, int from, double at)
    {
        var to = from;
        while (to < moments.Length && moments[to] <= at)
        {
            to++;
        }

        return to - from;
    }
}

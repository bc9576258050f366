using System.Globalization;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Reports;

/// <summary>What ran, when, for how long and how it ended, in words.</summary>
internal static class BatchFactSheet
{
    public static IReadOnlyList<ReportFact> Of(
        BatchRecord batch,
        RunFrame frame,
        Baseline? baseline,
        IReadOnlyList<ReportFact> asked
    )
    {
        var facts = new List<ReportFact> { new("runs", Count(frame.Count), IsKey: true) };
        var states = Enumerable.Range(0, frame.Count).CountBy(frame.State).OrderByDescending(s => s.Value);
        facts.AddRange(states.Select(s => new ReportFact(s.Key, Count(s.Value), IsKey: true)));
        var (makespan, total) = (Makespan(frame, batch.Paused), Sum(frame.RunSeconds));
        Add("took", Text(makespan), isKey: true);
        Add(
            "speed-up",
            makespan > 0 && total >= makespan ? (total.Value / makespan.Value).ToString("0.0", Invariant) : null,
            true
        );
        Add("median run time", Text(Median(frame.RunSeconds)));
        Add("median queue time", Text(Median(frame.QueueSeconds)));
        Add("run time at the service", Text(total));
        Add("scenario", batch.Scenario);
        Add("file", batch.SourceFile);
        Add("service", $"{batch.ServiceName} {batch.ServiceAddress}".Trim());
        facts.AddRange(asked);
        Add("baseline", baseline?.Name);
        facts.Add(new("started", Moment(batch.StartedAt), At: batch.StartedAt));
        if (batch.EndedAt is { } end)
        {
            facts.Add(new("ended", Moment(end), At: end));
        }

        Add("stopped", batch.End is { } how ? Words(how) : "it has not ended");
        Add("reason", batch.Reason);
        Add(
            "results",
            frame.HasMoreResults
                ? $"the first {RunFrame.MostFoundResults} members of the responses; the scenario’s results would name others"
                : null
        );
        facts.AddRange(frame.Marks.Select(m => new ReportFact(m.Key, Count(m.Value))));
        return facts;

        void Add(string name, string? value, bool isKey = false)
        {
            if (!string.IsNullOrEmpty(value))
            {
                facts.Add(new ReportFact(name, value, isKey));
            }
        }
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static string Count(long n) => n.ToString("#,0", Invariant);

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", Invariant);

    /// <summary>Why it stopped before its end; null where every run has ended.</summary>
    private static string? Words(BatchEnd end) =>
        end switch
        {
            BatchEnd.AllRunsEnded => null,
            BatchEnd.Interrupted => "interrupted",
            BatchEnd.Cancelled => "cancelled",
            BatchEnd.FailureBudget => "too many runs failed",
            BatchEnd.Retried => "what had failed was run again",
            BatchEnd.Deadline => "its time was over",
            BatchEnd.StopRule => "the results were enough",
            BatchEnd.ServiceRefused => "the service refused or could not be reached",
            BatchEnd.JournalLost => "the journal could not be read or written",
            BatchEnd.Bug => "a part of this program failed",
            _ => throw new ArgumentOutOfRangeException(nameof(end), end, "not an end of a batch"),
        };

    private static string? Text(double? seconds) =>
        seconds is { } known ? DurationWords.Of(TimeSpan.FromSeconds(known)) : null;

    /// <summary>From the first submit to the last end, without the time in between when no process drove the batch.</summary>
    private static double? Makespan(RunFrame frame, TimeSpan paused)
    {
        var last = double.NegativeInfinity;
        foreach (var ended in frame.Ended)
        {
            last = ended > last ? ended : last;
        }

        return last >= frame.FirstStarted ? Math.Max(0, last - frame.FirstStarted - paused.TotalSeconds) : null;
    }

    private static double? Sum(ReadOnlySpan<double> seconds)
    {
        double? sum = null;
        foreach (var known in seconds)
        {
            sum = double.IsNaN(known) ? sum : (sum ?? 0) + known;
        }

        return sum;
    }

    private static double? Median(ReadOnlySpan<double> seconds) =>
        RowSelection.Known(seconds) is { Length: > 0 } known ? Spread.OfInPlace(known).Quartiles.Median : null;
}

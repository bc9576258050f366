using System.Text.Json;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>What is shown when a batch was driven: its results, how it went, how to go on; and the exit code.</summary>
internal sealed class BatchSummary(
    BatchRecord batch,
    BatchOutcome outcome,
    ExpectationCheck expectations,
    Workspace workspace
)
{
    private const int RowsShown = 40;

    public int ExitCode =>
        outcome.End switch
        {
            BatchEnd.Interrupted => Cli.ExitCode.Interrupted,
            BatchEnd.ServiceRefused => Cli.ExitCode.ServiceRefused,
            BatchEnd.JournalLost or BatchEnd.Cancelled or BatchEnd.FailureBudget => Cli.ExitCode.Stopped,
            BatchEnd.Deadline or BatchEnd.StopRule => Cli.ExitCode.Stopped,
            BatchEnd.Retried when outcome.Tally.Ended != batch.RunCount => Cli.ExitCode.Stopped,
            _ when outcome.Tally.Cancelled > 0 => Cli.ExitCode.Stopped,
            _ when outcome.Tally.Failed > 0 || expectations.IsViolated => Cli.ExitCode.RunsFailed,
            _ => Cli.ExitCode.Success,
        };

    /// <returns>The exit code.</returns>
    public int Show(Screen screen, IJournalReader reader, bool asJson)
    {
        try
        {
            ShowData(screen, reader, asJson);
        }
        finally
        {
            foreach (var line in expectations.Lines().Concat(Lines(reader.Marks(batch.Number))))
            {
                screen.Say(line);
            }
        }

        return ExitCode;
    }

    private void ShowData(Screen screen, IJournalReader reader, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(writer => WriteTo(writer, reader));
        }
        else if (outcome.Tally.Ended > 0)
        {
            var columns = Columns.Of(batch, () => reader.Runs(batch.Number));
            ResultsView.Write(screen.Data, ReportTable.Of(columns, reader.Runs(batch.Number), RowsShown));
        }
    }

    /// <summary><c>2 adopted, 1 sent again</c>; empty where no answer was lost.</summary>
    private static string Settled(IReadOnlyDictionary<string, long> marks) =>
        string.Join(
            ", ",
            Enum.GetValues<SettlementVerdict>()
                .Select(verdict => verdict.Word())
                .Where(marks.ContainsKey)
                .Select(word => $"{marks[word]} {word}")
        );

    private IEnumerable<string> Lines(IReadOnlyDictionary<string, long> marks)
    {
        var tally = outcome.Tally;
        var counts = new List<string> { $"{tally.Completed} completed" };
        counts.AddRange(tally.Failed > 0 ? [$"{tally.Failed} failed"] : []);
        var left = Math.Max(0, batch.RunCount - tally.Ended ?? 0);
        var isCalledOff = outcome.End == BatchEnd.Cancelled;
        var cancelled = tally.Cancelled + (isCalledOff ? left : 0);
        counts.AddRange(cancelled > 0 ? [$"{cancelled} cancelled"] : []);
        counts.AddRange(left > 0 && !isCalledOff ? [$"{left} to do"] : []);
        yield return $"{batch.Id}: {string.Join(", ", counts)}";
        if (Settled(marks) is { Length: > 0 } settled)
        {
            yield return $"submits whose answer was lost: {settled}";
        }

        if (marks.TryGetValue("incumbent", out var incumbents))
        {
            yield return $"{incumbents} of the results are incumbents: the best solution when the solver was interrupted";
        }

        if (tally.TasksKept is > 0 and var kept)
        {
            yield return $"the service keeps {kept} tasks that it would not delete";
        }

        if (outcome.Reason is { } reason && outcome.End != BatchEnd.Interrupted)
        {
            yield return $"stopped: {reason}";
        }

        if (outcome.End == BatchEnd.AllRunsEnded && tally.Failed > 0)
        {
            yield return $"`aimms-batch retry {batch.Id}` runs again what failed";
        }

        yield return outcome.End is BatchEnd.AllRunsEnded or BatchEnd.Cancelled
            ? $"`aimms-batch report {batch.Id} --format csv` writes the results to a file or a pipe"
            : $"`aimms-batch resume {batch.Id}` goes on where this stopped; tasks at the service are left alone";
    }

    private void WriteTo(Utf8JsonWriter writer, IJournalReader reader)
    {
        // As this process left it, whoever may have taken it on since.
        var current = reader.Find(batch.Id.Value) ?? batch;
        var standing = BatchStatus.Of(current, reader, workspace) with { Holder = null };
        writer.WriteStartObject();
        standing.WriteMembersTo(writer);
        writer.WriteStartObject("marks");
        foreach (var (mark, count) in reader.Marks(batch.Number))
        {
            writer.WriteNumber(mark, count);
        }

        writer.WriteEndObject();
        expectations.WriteTo(writer);
        writer.WriteNumber("exitCode", ExitCode);
        writer.WriteEndObject();
    }
}

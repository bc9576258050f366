using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>What is shown of a batch that was left: its results, how it went, how to resume it.</summary>
internal sealed class BatchSummary(BatchResult result, Workspace workspace, IJournalReader reader)
{
    private const int RowsShown = 40;

    public void Show(Screen screen, OutputOptions wanted)
    {
        var asJson = wanted.AsJson;
        var marks = reader.Marks(result.Batch.Number);
        try
        {
            if (wanted.Documents is { } documents)
            {
                documents.Add(ToDocument(marks));
            }
            else if (asJson)
            {
                screen.WriteJson(ToDocument(marks), BatchJsonContext.Default.BatchDocument);
            }
            else if (result.Outcome.Tally.Ended > 0)
            {
                var columns = Columns.Of(result.Batch, () => reader.Runs(result.Batch.Number));
                var rows = reader.Runs(result.Batch.Number);
                ResultsView.Write(screen.Data, ReportTable.Of(columns, rows, RowsShown));
            }
        }
        finally
        {
            foreach (var line in Findings(asJson).Concat(result.Expectations.Lines()).Concat(Lines(marks)))
            {
                screen.Say(line);
            }
        }
    }

    /// <summary>What came out, in sentences; what the lines below say in their own words is left out.</summary>
    private IEnumerable<string> Findings(bool asJson) =>
        asJson ? [] : FirstFinding.All(result, reader).Select(sentence => $"- {sentence}");

    /// <summary><c>2 adopted, 1 sent again</c>; empty where no answer was lost.</summary>
    private static string Settled(IReadOnlyDictionary<string, long> marks) =>
        string.Join(
            ", ",
            Enum.GetValues<SettlementVerdict>()
                .Select(verdict => verdict.Word())
                .Where(marks.ContainsKey)
                .Select(word => $"{marks[word]} {word}")
        );

    private long? FirstLogged() => reader.Logged(result.Batch.Number).Cast<long?>().FirstOrDefault();

    private IEnumerable<string> Lines(IReadOnlyDictionary<string, long> marks)
    {
        var (id, end, tally) = (result.Batch.Id, result.Outcome.End, result.Outcome.Tally);
        yield return $"{id}: {Counts()}";
        if (Settled(marks) is { Length: > 0 } settled)
        {
            yield return $"submits whose answer was lost: {settled}";
        }

        if (marks.TryGetValue("incumbent", out var incumbents))
        {
            yield return $"{incumbents} of the results are incumbents: the best solution when the solver was interrupted";
        }

        if (marks.TryGetValue("key in response", out var keys))
        {
            yield return $"{keys} of the responses hold the service's key: results show it as ***, the responses are kept as they came";
        }

        foreach (var warning in reader.Warnings(result.Batch.Number))
        {
            yield return $"warning: {warning.Message}";
        }

        if (tally.TasksKept is > 0 and var kept)
        {
            yield return $"the service keeps {kept} tasks that it would not delete";
        }

        if (result.Outcome.Reason is { } reason && end != BatchEnd.Interrupted)
        {
            yield return $"stopped: {reason}";
        }

        if (end == BatchEnd.AllRunsEnded && tally.Failed > 0)
        {
            foreach (var line in RetryText.Lines(reader.CountFailures(result.Batch.Number), id, FirstLogged()))
            {
                yield return line;
            }
        }

        if (UnknownService.Line(result, reader) is { } unknown)
        {
            yield return unknown;
            yield break;
        }

        yield return end is BatchEnd.AllRunsEnded or BatchEnd.Cancelled
            ? $"`aimms-batch report {id} --format csv` writes the results to a file or a pipe"
            : $"`aimms-batch resume {id}` continues where this stopped; tasks at the service are left alone";
    }

    private string Counts()
    {
        var tally = result.Outcome.Tally;
        var isCancelled = result.Outcome.End == BatchEnd.Cancelled;
        var cancelled = tally.Cancelled + (isCancelled ? result.Left : 0);
        var counts = new List<string> { $"{tally.Completed} completed" };
        counts.AddRange(tally.Failed > 0 ? [$"{tally.Failed} failed"] : []);
        counts.AddRange(cancelled > 0 ? [$"{cancelled} cancelled"] : []);
        counts.AddRange(result.Left > 0 && !isCancelled ? [$"{result.Left} to do"] : []);
        return string.Join(", ", counts);
    }

    private BatchDocument ToDocument(IReadOnlyDictionary<string, long> marks)
    {
        // As this process left it, also where another one has resumed it since.
        var current = reader.Find(result.Batch.Id.Value) ?? result.Batch;
        var status = BatchStatus.Of(current, reader, workspace) with { Holder = null };
        return BatchDocument.Of(status) with
        {
            Marks = marks,
            Expectations = ExpectationDocument.Of(result.Expectations.Results),
            ExitCode = ExitCode.Of(result),
        };
    }
}

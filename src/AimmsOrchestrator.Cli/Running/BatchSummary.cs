using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Settlement;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>What is shown of a batch that was left: its results, how it went, how to resume it.</summary>
/// <param name="contents">What is shown.</param>
internal sealed class BatchSummary(SummaryContents contents)
{
    private IReadOnlyDictionary<string, long> Marks => contents.Document.Marks!;

    public void Show(Screen screen, OutputOptions wanted)
    {
        try
        {
            if (wanted.Documents is { } documents)
            {
                documents.Add(ToDocument());
            }
            else if (wanted.AsJson)
            {
                screen.WriteJson(ToDocument(), BatchJsonContext.Default.BatchDocument);
            }
            else if (contents.Table is { } table)
            {
                ResultsView.Write(screen.Data, table);
            }
        }
        finally
        {
            // What came out, in sentences; what the lines after it say in their own words is left out.
            var findings = contents.Findings.Select(sentence => $"- {sentence}");
            var expected = new ExpectationCheck(contents.Expectations).Lines();
            foreach (var line in findings.Concat(expected).Concat(Lines()))
            {
                screen.Say(line);
            }
        }
    }

    /// <summary><c>2 adopted, 1 sent again</c>; empty where no answer was lost.</summary>
    private string Settled() =>
        string.Join(
            ", ",
            Enum.GetValues<SettlementVerdict>()
                .Select(verdict => verdict.Word())
                .Where(Marks.ContainsKey)
                .Select(word => $"{Marks[word]} {word}")
        );

    private IEnumerable<string> Lines()
    {
        var (id, end, tally) = (contents.Document.Batch, contents.End, contents.Tally);
        yield return $"{id}: {Counts()}";
        if (Settled() is { Length: > 0 } settled)
        {
            yield return $"submits whose answer was lost: {settled}";
        }

        if (Marks.TryGetValue("incumbent", out var incumbents))
        {
            yield return $"{incumbents} of the results are incumbents: the best solution when the solver was interrupted";
        }

        if (Marks.TryGetValue("key in response", out var keys))
        {
            yield return $"{keys} of the responses hold the service's key: results show it as ***, the responses are kept as they came";
        }

        // Why it stopped has a line of its own.
        var warnings = contents.Document.Warnings ?? [];
        foreach (var warning in warnings.Where(warning => warning.Message != contents.Reason))
        {
            yield return $"warning: {warning.Message}";
        }

        if (tally.TasksKept is > 0 and var kept)
        {
            yield return $"the service keeps {kept} tasks that it would not delete";
        }

        if (contents.Reason is { } reason && end != BatchEnd.Interrupted)
        {
            yield return $"stopped: {reason}";
        }

        if (end == BatchEnd.AllRunsEnded && tally.Failed > 0)
        {
            foreach (var line in RetryText.Lines(contents.Failures, id, contents.FirstLogged))
            {
                yield return line;
            }
        }

        if (contents.UnknownService is { } unknown)
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
        var (tally, left) = (contents.Tally, contents.Left);
        var isCancelled = contents.End == BatchEnd.Cancelled;
        var cancelled = tally.Cancelled + (isCancelled ? left : 0);
        var counts = new List<string> { $"{tally.Completed} completed" };
        counts.AddRange(tally.Failed > 0 ? [$"{tally.Failed} failed"] : []);
        counts.AddRange(cancelled > 0 ? [$"{cancelled} cancelled"] : []);
        counts.AddRange(left > 0 && !isCancelled ? [$"{left} to do"] : []);
        return string.Join(", ", counts);
    }

    private BatchDocument ToDocument() =>
        contents.Document with
        {
            ExitCode = ExitCode.Of(contents.Conclusion, contents.End),
        };
}

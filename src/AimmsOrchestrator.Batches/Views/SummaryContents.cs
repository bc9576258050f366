using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Batches.Views;

/// <summary>What is shown of a batch that was left, as values: those of this machine's journal, or a server's.</summary>
public sealed record SummaryContents
{
    private const int RowsShown = 40;

    /// <summary>What <c>run --json</c> writes, but for the exit code.</summary>
    public required BatchDocument Document { get; init; }

    public required BatchConclusion Conclusion { get; init; }

    /// <summary>How its execution ended.</summary>
    public required BatchEnd End { get; init; }

    /// <summary>Why it stopped before its end; null where it did not.</summary>
    public required string? Reason { get; init; }

    public required BatchTally Tally { get; init; }

    /// <summary>Runs that have not ended; 0 where their number is not known.</summary>
    public required long Left { get; init; }

    /// <summary>The results of its first runs; null where JSON is wanted, or no run has ended.</summary>
    public required ReportTable? Table { get; init; }

    /// <summary>What came out, in sentences; empty where JSON is wanted.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>What its expectations came to; empty before every run has ended.</summary>
    public required IReadOnlyList<ExpectationResult> Expectations { get; init; }

    /// <summary>The same for a CI server: skipped ones where the batch stopped.</summary>
    public required IReadOnlyList<ExpectationResult> JUnit { get; init; }

    /// <summary>How many runs failed by which kind of error, those of retries included.</summary>
    public required FailureCounts Failures { get; init; }

    /// <summary>The first run that has a log; null where none has.</summary>
    public required long? FirstLogged { get; init; }

    /// <summary>That the service does not know the name it was asked for; null where nothing shows that.</summary>
    public required string? UnknownService { get; init; }

    /// <summary>The formats of the files that its scenario wants; the names of report formats.</summary>
    public IReadOnlyList<string> ReportFormats { get; init; } = [];

    /// <summary>The folder of these files.</summary>
    public string ReportOutput { get; init; } = ".";

    /// <param name="result">How the batch went.</param>
    /// <param name="scenario">Its scenario; null where it cannot be read.</param>
    /// <param name="workspace">Where it lives.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="asJson">Whether no table and no sentences are wanted.</param>
    public static SummaryContents Of(
        BatchResult result,
        Scenarios.Scenario? scenario,
        IWorkspace workspace,
        IJournalReader reader,
        bool asJson
    )
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(reader);
        var (batch, expectations) = (result.Batch, result.Expectations.Results);
        return new SummaryContents
        {
            Document = DocumentOf(result, workspace, reader),
            Conclusion = result.Conclusion,
            End = result.Outcome.End,
            Reason = result.Outcome.Reason,
            Tally = result.Outcome.Tally,
            Left = result.Left,
            Table =
                asJson || result.Outcome.Tally.Ended == 0
                    ? null
                    : ReportTable.Of(
                        Columns.Of(batch, () => reader.Runs(batch.Number)),
                        reader.Runs(batch.Number),
                        RowsShown
                    ),
            Findings = asJson ? [] : [.. FirstFinding.All(result, reader)],
            Expectations = expectations,
            JUnit =
                expectations.Count > 0 || scenario is null
                    ? expectations
                    : ExpectationCheck.Skipped(scenario, "the batch stopped before its end").Results,
            Failures = result.Outcome.Tally.Failed > 0 ? reader.CountFailures(batch.Number) : FailureCounts.None,
            FirstLogged = reader.Logged(batch.Number).Cast<long?>().FirstOrDefault(),
            ReportFormats = scenario?.Report.Formats ?? [],
            ReportOutput = scenario?.Report.Output ?? ".",
            UnknownService = Completion.UnknownService.Line(result, reader),
        };
    }

    /// <summary>The same of a batch that was left, by the journal alone.</summary>
    public static SummaryContents OfLeft(BatchRecord batch, IWorkspace workspace, IJournalReader reader, bool asJson)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(reader);
        var scenario = StoredScenarios.Load(batch, reader);
        return Of(BatchResult.OfLeft(scenario, batch, reader), scenario, workspace, reader, asJson);
    }

    private static BatchDocument DocumentOf(BatchResult result, IWorkspace workspace, IJournalReader reader)
    {
        // As this process left it, also where another one has resumed it since.
        var current = reader.Find(result.Batch.Id.Value) ?? result.Batch;
        var status = BatchStatus.Of(current, reader, workspace) with { Holder = null };
        var document = BatchDocument.Of(status);
        return document with
        {
            // An execution that could not write its end has its reason nowhere else.
            Reason =
                current.End is null && result.Outcome.End is BatchEnd.Bug or BatchEnd.JournalLost
                    ? result.Outcome.Reason
                    : document.Reason,
            Marks = reader.Marks(result.Batch.Number),
            Expectations = ExpectationDocument.Of(result.Expectations.Results),
        };
    }
}

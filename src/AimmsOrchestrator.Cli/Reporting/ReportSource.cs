using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Comparison;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>What a report is written from: a batch and its runs, read as they are asked for.</summary>
/// <param name="reader">The journal.</param>
/// <param name="batch">The batch.</param>
/// <param name="complain">Takes a line about what the report must do without.</param>
internal sealed class ReportSource(IJournalReader reader, BatchRecord batch, Action<string> complain)
{
    private readonly Lazy<Baseline?> _baseline = new(() => FindBaseline(reader, batch, complain));
    private Columns? _columns;
    private ReportContents? _contents;
    private ReportFigures? _figures;
    private readonly Lazy<IRunSource?> _planned = new(() => Planned(reader, batch));

    public IJournalReader Reader => reader;

    public BatchRecord Batch => batch;

    public Columns Columns => _columns ??= FindColumns();

    /// <summary>What a report for people says; found when first asked for.</summary>
    public ReportContents Contents => _contents ??= ReportBuilder.Of(batch, Runs, _baseline.Value);

    /// <summary>Its figures alone, for what draws nothing; found when first asked for.</summary>
    public ReportFigures Figures =>
        _figures ??= _contents is { } known
            ? new ReportFigures { Summaries = known.Summaries, Failures = known.Failures }
            : ReportBuilder.Figures(batch, Runs);

    /// <summary>Every run in the batch's order, those that have not begun included; each call walks anew.</summary>
    public IEnumerable<RunRecord> Runs() =>
        reader
            .Runs(batch.Number)
            .WithPending(_planned.Value, batch.End == BatchEnd.Cancelled ? RunPhase.Cancelled : RunPhase.Pending);

    private Columns FindColumns()
    {
        var columns = Columns.Of(batch, () => reader.Runs(batch.Number)) with { Baseline = _baseline.Value };
        if (columns.HasMore)
        {
            complain(
                $"{batch.Id}: the first {Columns.MostFoundResults} members of the responses are columns; `results` in the scenario would name others"
            );
        }

        return columns;
    }

    /// <summary>
    /// What the scenario compares with; it is read only where its text speaks of that. Where the base run has not completed
    /// the report is written all the same: whoever asks for one half-way wants what there is.
    /// </summary>
    private static Baseline? FindBaseline(IJournalReader reader, BatchRecord batch, Action<string> complain)
    {
        if (
            !reader.Scenario(batch.Number).Source.Contains("baseline", StringComparison.Ordinal)
            || KeptScenarios.Load(batch, reader)?.Report.Baseline is not { } wanted
        )
        {
            return null;
        }

        var found = Baseline.Of(wanted, reader.Runs(batch.Number));
        if (found is null)
        {
            complain($"{batch.Id}: report.baseline: no run with {wanted} has completed; nothing is compared");
        }

        return found;
    }

    /// <summary>The scenario is read only where runs may be left that have not begun: reading it takes its time.</summary>
    private static IRunSource? Planned(IJournalReader reader, BatchRecord batch) =>
        batch.End == BatchEnd.AllRunsEnded || reader.CountByState(batch.Number).Values.Sum() == batch.RunCount
            ? null
            : KeptScenarios.Load(batch, reader)?.Plan.Runs;
}

using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Comparison;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>What a report is written from: a batch and its runs, read as they are asked for.</summary>
internal sealed class ReportSource(IJournalReader reader, BatchRecord batch)
{
    private readonly Lazy<Columns> _columns = new(() =>
        Columns.Of(batch, () => reader.Runs(batch.Number)) with
        {
            Baseline = FindBaseline(reader, batch),
        }
    );
    private ReportContents? _contents;
    private readonly Lazy<IRunSource?> _planned = new(() => Planned(reader, batch));

    public IJournalReader Reader => reader;

    public BatchRecord Batch => batch;

    public Columns Columns => _columns.Value;

    /// <summary>What a report for people says; found when first asked for.</summary>
    public ReportContents Contents => _contents ??= ReportBuilder.Of(batch, Runs);

    /// <summary>Every run in the batch's order, those that have not begun included; each call walks anew.</summary>
    public IEnumerable<RunRecord> Runs() =>
        reader
            .Runs(batch.Number)
            .WithPending(_planned.Value, batch.End == BatchEnd.Cancelled ? RunPhase.Cancelled : RunPhase.Pending);

    /// <summary>What the scenario compares with; it is read only where its text speaks of that.</summary>
    /// <exception cref="UserErrorException">No completed run is the one that it names.</exception>
    private static Baseline? FindBaseline(IJournalReader reader, BatchRecord batch)
    {
        if (
            !reader.Scenario(batch.Number).Source.Contains("baseline", StringComparison.Ordinal)
            || KeptScenarios.Load(batch, reader)?.Report.Baseline is not { } wanted
        )
        {
            return null;
        }

        return Baseline.Of(wanted, reader.Runs(batch.Number))
            ?? throw new UserErrorException($"{batch.Id}: report.baseline: no run with {wanted} has completed");
    }

    /// <summary>The scenario is read only where runs may be left that have not begun: reading it takes its time.</summary>
    private static IRunSource? Planned(IJournalReader reader, BatchRecord batch) =>
        batch.End == BatchEnd.AllRunsEnded || reader.CountByState(batch.Number).Values.Sum() == batch.RunCount
            ? null
            : KeptScenarios.Load(batch, reader)?.Plan.Runs;
}

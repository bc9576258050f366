using System.Text;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Reports.Comparison;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>Two batches, run by run.</summary>
/// <param name="before">The first batch.</param>
/// <param name="after">The second batch.</param>
public sealed class BatchComparison(BatchRecord before, BatchRecord after)
{
    private ResultNames? _names;

    /// <summary>How far apart two numbers may be.</summary>
    public Tolerance Tolerance { get; init; } = Tolerance.Default;

    /// <summary>The results that are compared; null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>
    /// Why a result of <see cref="Only"/> cannot be compared: none of either batch is called so. Where a scenario declares no
    /// results, that is known once all runs are read. Null where nothing is wrong.
    /// </summary>
    public string? Problem => AreDeclared ? Unknown() : _names?.Problem;

    /// <summary>Whether both scenarios say which results there are, so that a name can be checked against them.</summary>
    private bool AreDeclared => before.ResultNames.Count > 0 && after.ResultNames.Count > 0;

    /// <summary>Every run of both, in the order of the first batch; read as they are needed.</summary>
    /// <param name="reader">Reads the first batch.</param>
    /// <param name="other">Reads the second batch at the same time.</param>
    public IEnumerable<RunDifference> Runs(IJournalReader reader, IJournalReader other)
    {
        var names = _names = new ResultNames(AreDeclared ? null : Only);
        return Runs(reader, () => names.Of(Runs(reader, before)), names.Of(Runs(other, after)));
    }

    /// <summary>The same, of runs that the caller reads.</summary>
    /// <param name="reader">Reads what the batches' scenarios derive.</param>
    /// <param name="runsBefore">Walks the first batch's runs, from the beginning at each call.</param>
    /// <param name="runsAfter">The second batch's runs.</param>
    internal IEnumerable<RunDifference> Runs(
        IJournalReader reader,
        Func<IEnumerable<RunRecord>> runsBefore,
        IEnumerable<RunRecord> runsAfter
    )
    {
        var derived = Derived(reader);
        return new BatchDifference(Tolerance, Only).Runs(
            Without(derived, before),
            Without(derived, after),
            runsBefore,
            runsAfter
        );
    }

    /// <summary>Compares all runs, and writes them in a format.</summary>
    /// <param name="format"><c>csv</c>, <c>jsonl</c> or <c>html</c>; anything else writes nothing.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="workspace">Where both are.</param>
    /// <param name="mostKept">How many differing runs the summary keeps.</param>
    /// <param name="warn">Gets a line about what a page must do without.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<DifferenceSummary> WriteAsync(
        string format,
        Stream output,
        IWorkspace workspace,
        int mostKept,
        Action<string> warn,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(workspace);
        using var reader = workspace.OpenReader();
        using var other = workspace.OpenReader();
        var summary = new DifferenceSummary(mostKept);
        var runs = Runs(reader, other)
            .Select(run =>
            {
                summary.Add(run);
                return run;
            });
        if (format == "jsonl")
        {
            DifferenceReport.WriteJsonLines(output, runs);
        }
        else if (format == "csv")
        {
            await using var text = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            DifferenceReport.WriteCsv(text, runs);
        }
        else
        {
            foreach (var _ in runs)
            {
                // Each is counted as it goes by.
            }
        }

        if (format == ReportFormat.Page.Name && Problem is null)
        {
            var source = new CombinedReportSource(reader, [before, after], Tolerance, warn);
            await ReportFormat.Page.WriteAsync(source, output, cancellation);
        }

        return summary;
    }

    private string? Unknown()
    {
        var known = before.ResultNames.Union(after.ResultNames, StringComparer.Ordinal).ToList();
        return (Only ?? []).FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown
            ? $"\"{unknown}\" is not a result of either batch; there are {string.Join(", ", known)}"
            : null;
    }

    /// <summary>
    /// The parameters that both batches derive from others: by what they came to, a changed formula would make every run
    /// another one. Batches of older schemas do not have them, so that their scenarios are read.
    /// </summary>
    private IReadOnlyList<string> Derived(IJournalReader reader)
    {
        var first = Names(before);
        return first.Count > 0 ? [.. first.Intersect(Names(after), StringComparer.Ordinal)] : [];

        IReadOnlyList<string> Names(BatchRecord batch) =>
            (batch.Design ?? StoredScenarios.Load(batch, reader)?.Design)?.Derived ?? [];
    }

    private static BatchRecord Without(IReadOnlyList<string> names, BatchRecord batch) =>
        batch with
        {
            ParameterNames = [.. batch.ParameterNames.Except(names, StringComparer.Ordinal)],
        };

    private static IEnumerable<RunRecord> Runs(IJournalReader reader, BatchRecord batch)
    {
        var planned = batch.End == BatchEnd.AllRunsEnded ? null : StoredScenarios.Load(batch, reader)?.Plan.Runs;
        var waiting = batch.End == BatchEnd.Cancelled ? RunPhase.Cancelled : RunPhase.Pending;
        return reader.Runs(batch.Number).WithPending(planned, waiting);
    }
}

using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Findings;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>What came out of a batch that was left, in sentences.</summary>
public static class FirstFinding
{
    /// <summary>Of larger batches the report has the findings: they take a second per 200,000 runs.</summary>
    private const int MostRuns = 200_000;

    /// <summary>The first sentence; null where there is none.</summary>
    public static string? Of(BatchResult result, IJournalReader reader) => All(result, reader).FirstOrDefault();

    /// <summary>All sentences but those about expectations, which have lines of their own.</summary>
    public static IEnumerable<string> All(BatchResult result, IJournalReader reader)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(reader);
        if (result.Outcome.Tally.Ended is < 2 or > MostRuns)
        {
            return [];
        }

        var source = new ReportSource(reader, reader.Find(result.Batch.Id.Value) ?? result.Batch, _ => { });
        return source
            .Statistics.Findings.Where(finding => finding.Kind != FindingKind.Expectation)
            .Select(finding => finding.Text);
    }
}

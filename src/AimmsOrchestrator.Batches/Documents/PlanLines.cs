using System.Text.Json;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>A plan as JSON Lines, streamed.</summary>
public static class PlanLines
{
    /// <param name="output">Where they are written.</param>
    /// <param name="plan">What is planned.</param>
    /// <param name="withRequests">Whether each run's request is written too.</param>
    /// <param name="answers">Finds incumbents that do not answer a run; null where there is no workspace yet.</param>
    public static void Write(Stream output, BatchPlan plan, bool withRequests, IResultCache? answers)
    {
        ArgumentNullException.ThrowIfNull(plan);
        JsonLines.Write(output, plan.Runs.From(0), WriteRun);

        void WriteRun(Utf8JsonWriter writer, PlannedRun run)
        {
            var document = PlannedRunDocument.Of(run, withRequests, Incumbent(run));
            JsonSerializer.Serialize(writer, document, BatchJsonContext.Default.PlannedRunDocument);
        }

        RefusedIncumbent? Incumbent(PlannedRun run) =>
            answers is null || run.Key is null
                ? null
                : PlanStatus.RefusedFor(run, plan.Results.ExtractionKeyOf(run), answers);
    }
}

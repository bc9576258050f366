using System.Buffers;
using System.Text.Json;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Cli.Planning;

/// <summary>A plan as JSON Lines, streamed.</summary>
internal static class PlanLines
{
    private const int BufferSize = 1 << 16;

    /// <param name="output">Where they are written.</param>
    /// <param name="plan">What is planned.</param>
    /// <param name="withRequests">Whether each run's request is written too.</param>
    /// <param name="answers">Finds incumbents that do not answer a run; null where there is no workspace yet.</param>
    public static void Write(Stream output, BatchPlan plan, bool withRequests, IResultCache? answers)
    {
        // In memory first: a JSON writer's flush reaches through a buffered stream to the pipe, for each run.
        var buffer = new ArrayBufferWriter<byte>(2 * BufferSize);
        using var writer = new Utf8JsonWriter(buffer);
        foreach (var run in plan.Runs.From(0))
        {
            var document = PlannedRunDocument.Of(run, withRequests, Incumbent(run));
            JsonSerializer.Serialize(writer, document, BatchJsonContext.Default.PlannedRunDocument);
            writer.Flush();
            writer.Reset();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount >= BufferSize)
            {
                output.Write(buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
        }

        output.Write(buffer.WrittenSpan);

        RefusedIncumbent? Incumbent(PlannedRun run) =>
            answers is null || run.Key is null
                ? null
                : PlanStatus.RefusedFor(run, plan.Results.ExtractionKeyOf(run), answers);
    }
}

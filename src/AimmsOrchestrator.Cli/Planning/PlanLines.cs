using System.Buffers;
using System.Text.Json;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Cli.Planning;

/// <summary>A plan as JSON Lines, streamed.</summary>
internal static class PlanLines
{
    private const int BufferSize = 1 << 16;

    public static void Write(Stream output, IRunSource runs, bool withRequests)
    {
        // In memory first: a JSON writer's flush reaches through a buffered stream to the pipe, for each run.
        var buffer = new ArrayBufferWriter<byte>(2 * BufferSize);
        using var writer = new Utf8JsonWriter(buffer);
        foreach (var run in runs.From(0))
        {
            var document = PlannedRunDocument.Of(run, withRequests);
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
    }
}

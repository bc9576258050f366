using System.Buffers;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Cli.Planning;

/// <summary>A plan as JSON Lines: index, key, name, parameters, and the request where it is wanted; streamed.</summary>
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
            writer.WriteStartObject();
            writer.WriteNumber("index", run.Index);
            writer.WriteString("key", run.Key?.Hex);
            writer.WriteString("name", run.Name);
            writer.WritePropertyName("parameters");
            run.Parameters.WriteTo(writer);
            if (run.Defect is { } defect)
            {
                writer.WriteString("error", defect);
            }

            if (withRequests)
            {
                WriteRequest(writer, run);
            }

            writer.WriteEndObject();
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

    /// <summary>JSON as it would be sent; anything else as text where it is text, as base64 where it is not.</summary>
    private static void WriteRequest(Utf8JsonWriter writer, PlannedRun run)
    {
        writer.WritePropertyName("request");
        if (run.Request is not { Body.IsEmpty: false } request)
        {
            writer.WriteNullValue();
        }
        else if (request.MediaType == "application/json")
        {
            writer.WriteRawValue(request.Body.Span, skipInputValidation: true);
        }
        else
        {
            try
            {
                writer.WriteStringValue(
                    new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(request.Body.Span)
                );
            }
            catch (DecoderFallbackException)
            {
                writer.WriteBase64StringValue(request.Body.Span);
            }
        }
    }
}

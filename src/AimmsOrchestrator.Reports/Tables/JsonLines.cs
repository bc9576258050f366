using System.Buffers;
using System.Text.Json;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>JSON documents, one per line, streamed.</summary>
public static class JsonLines
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes every item; the stream stays open.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="items">What is written.</param>
    /// <param name="write">Writes one item as one document.</param>
    /// <param name="options">How.</param>
    public static void Write<T>(
        Stream output,
        IEnumerable<T> items,
        Action<Utf8JsonWriter, T> write,
        JsonWriterOptions options = default
    )
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);

        // In memory first: a JSON writer's flush reaches through a buffered stream to the pipe or the file, for each item.
        var buffer = new ArrayBufferWriter<byte>(2 * BufferSize);
        using var writer = new Utf8JsonWriter(buffer, options);
        foreach (var item in items)
        {
            write(writer, item);
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

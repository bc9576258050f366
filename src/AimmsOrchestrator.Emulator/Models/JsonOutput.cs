using System.Buffers;
using System.Text.Json;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>Writes a model's JSON output.</summary>
internal static class JsonOutput
{
    public static ModelOutput Of(Action<Utf8JsonWriter> writeMembers) => new(Bytes(writeMembers));

    public static byte[] Bytes(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A solver's number rounded to nine decimals, without the noise of its last digits.</summary>
    public static double Clean(double value) => Math.Round(value, 9) + 0.0;
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>One JSON document on standard output.</summary>
internal static class JsonOutput
{
    // The output is a file or a pipe, never a page: no need to escape what HTML would trip over.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void WriteJson<T>(this Screen screen, T document, JsonTypeInfo<T> type)
    {
        using var output = screen.OpenOutput();
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            JsonSerializer.Serialize(writer, document, type);
        }

        output.WriteByte((byte)'\n');
    }
}

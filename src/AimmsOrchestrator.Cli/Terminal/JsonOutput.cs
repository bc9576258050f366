using System.Text.Encodings.Web;
using System.Text.Json;
using AimmsOrchestrator.Cli.Reporting;

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

    public static void Write(Action<Utf8JsonWriter> write)
    {
        using var output = StandardOutput.Open();
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            write(writer);
        }

        output.WriteByte((byte)'\n');
    }
}

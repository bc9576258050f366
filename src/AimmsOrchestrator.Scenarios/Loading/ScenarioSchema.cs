using System.Text.Encodings.Web;
using System.Text.Json;
using AimmsOrchestrator.Scenarios.Language;

namespace AimmsOrchestrator.Scenarios.Loading;

/// <summary>The scenario language as JSON Schema.</summary>
public static class ScenarioSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The schema (draft-07), made from the same tables that scenarios are read by; it ends with a newline.
    /// </summary>
    public static string Text => SchemaWriter.Scenario().ToJsonString(Indented) + "\n";
}

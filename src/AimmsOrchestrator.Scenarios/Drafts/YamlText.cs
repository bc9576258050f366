using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>Texts as YAML writes them in a line: plain where that reads as the same text, in double quotes otherwise.</summary>
internal static partial class YamlText
{
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(string text) =>
        Plain().IsMatch(text) && CoreSchema.Resolve(text).Kind == ScalarKind.String ? text : Quoted(text);

    /// <summary>In double quotes; YAML, JSON and ECMAScript read the same.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed);

    [GeneratedRegex(
        @"^[\p{L}_/][\p{L}\p{Nd}_/.~-]*( [\p{L}\p{Nd}_/.~-]+)*$",
        RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Plain();
}

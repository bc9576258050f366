using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Emulation;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Reading;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Loading;

/// <summary>Reads files of services for the emulator.</summary>
public static class EmulatorLoader
{
    private const long MaxBytes = 32L << 20;

    /// <summary>Reads a file of services, which has what a scenario has under <c>emulator</c>.</summary>
    /// <returns>The services, or every error.</returns>
    public static (EmulatedServices? Services, IReadOnlyList<Diagnostic> Errors) Load(string path)
    {
        var diagnostics = new DiagnosticBag();
        if (Text(path, diagnostics) is not { } text || YamlReader.Read(path, text, diagnostics) is not { } root)
        {
            return (null, diagnostics.Errors());
        }

        var compiler = new ExpressionCompiler(new EnvironmentVariables(_ => null, diagnostics), diagnostics);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var services = new EmulatorReader(compiler, folder, diagnostics).Read(root);
        if (!diagnostics.Any && services.Services.Count == 0)
        {
            diagnostics.Add(root.Location, "there is no service: write services: { my-service: { answer: { … } } }");
        }

        return diagnostics.Any ? (null, diagnostics.Errors()) : (services, []);
    }

    private static string? Text(string path, DiagnosticBag diagnostics)
    {
        var location = SourceLocation.Whole(path);
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaxBytes || RegularFile.Read(path) is not { } bytes)
            {
                diagnostics.Add(location, "there is no file of services with this name");
                return null;
            }

            return Utf8Text.Read(path, bytes, diagnostics) is { } text ? Encoding.UTF8.GetString(text.Span) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(location, $"it cannot be read: {e.Message}");
            return null;
        }
    }
}

using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Reading;

namespace AimmsOrchestrator.Scenarios.Loading;

/// <summary>Reads scenarios.</summary>
/// <param name="environment">An environment variable's value by its name; null where it is not set.</param>
/// <param name="onWalk">Hears how far a search through the points of a sweep has come, from any thread; null for nothing.</param>
public sealed class ScenarioLoader(Func<string, string?> environment, Action<SweepWalk>? onWalk = null)
{
    private const long MaxBytes = 32L << 20;

    /// <summary>Reads a scenario and the files beside it; nothing is sent.</summary>
    /// <param name="path">The file as the user names it; diagnostics use the same name.</param>
    /// <param name="overrides">The command line's changes.</param>
    public ScenarioLoadResult Load(string path, ScenarioOverrides overrides)
    {
        var diagnostics = new DiagnosticBag();
        return ReadText(path, diagnostics) is { } source
            ? Read(path, source, stored: null, overrides, diagnostics)
            : ScenarioLoadResult.Broken(diagnostics.Errors());
    }

    /// <summary>Reads a stored scenario: its text and its attachments. It does not touch the disk.</summary>
    /// <param name="path">The file it was read from, for its name.</param>
    /// <param name="source">Its text (<see cref="Scenario.Source"/>).</param>
    /// <param name="attachments">The files beside it (<see cref="Scenario.Attachments"/>).</param>
    /// <param name="overrides">The command line's changes of that time.</param>
    public ScenarioLoadResult LoadStored(
        string path,
        string source,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> attachments,
        ScenarioOverrides overrides
    ) => Read(path, source, attachments, overrides, new DiagnosticBag());

    private static string? ReadText(string path, DiagnosticBag diagnostics)
    {
        var location = SourceLocation.Whole(path);
        try
        {
            if (!File.Exists(path))
            {
                diagnostics.Add(
                    location,
                    Directory.Exists(path) ? "this is a folder; a scenario is a file" : "there is no such file"
                );
                return null;
            }

            if (new FileInfo(path).Length > MaxBytes)
            {
                diagnostics.Add(
                    location,
                    $"a scenario has {MaxBytes >> 20} MB at most; data belongs in a file beside it"
                );
                return null;
            }

            if (RegularFile.Read(path) is not { } bytes)
            {
                diagnostics.Add(location, "this is a device or a pipe; a scenario is a regular file");
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

    private ScenarioLoadResult Read(
        string path,
        string source,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? stored,
        ScenarioOverrides overrides,
        DiagnosticBag diagnostics
    )
    {
        var variables = new EnvironmentVariables(environment, diagnostics);
        var files = new ScenarioFiles(path, stored);
        return
            new ScenarioReader(path, source, files, overrides, variables, diagnostics) { OnWalk = onWalk }.Read()
                is { } scenario
            ? ScenarioLoadResult.Sound(scenario)
            : ScenarioLoadResult.Broken(diagnostics.Errors());
    }
}

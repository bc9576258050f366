using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Reading;

namespace AimmsOrchestrator.Scenarios.Loading;

/// <summary>Reads scenarios.</summary>
/// <param name="environment">The environment's variables by name; null where there is none of that name.</param>
public sealed class ScenarioLoader(Func<string, string?> environment)
{
    private const long MaxBytes = 32L << 20;

    /// <summary>Reads a scenario and the files beside it; nothing is sent.</summary>
    /// <param name="path">The file, as the user names it: mistakes name it so too.</param>
    /// <param name="overrides">What the command line says otherwise.</param>
    public ScenarioLoadResult Load(string path, ScenarioOverrides overrides)
    {
        var mistakes = new DiagnosticBag();
        if (ReadText(path, mistakes) is { } source)
        {
            return Read(path, source, kept: null, overrides);
        }

        return ScenarioLoadResult.Broken(mistakes.Sorted());
    }

    /// <summary>Reads a scenario as it was kept: its text and what was read beside it. The disk is not looked at.</summary>
    /// <param name="path">The file it came from, for its name.</param>
    /// <param name="source">Its text (<see cref="Scenario.Source"/>).</param>
    /// <param name="attachments">What was beside it (<see cref="Scenario.Attachments"/>).</param>
    /// <param name="overrides">What the command line said then.</param>
    public ScenarioLoadResult LoadKept(
        string path,
        string source,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> attachments,
        ScenarioOverrides overrides
    ) => Read(path, source, attachments, overrides);

    private static string? ReadText(string path, DiagnosticBag mistakes)
    {
        var place = SourceLocation.Whole(path);
        try
        {
            if (!File.Exists(path))
            {
                mistakes.Add(
                    place,
                    Directory.Exists(path) ? "this is a folder; a scenario is a file" : "there is no such file"
                );
                return null;
            }

            if (new FileInfo(path).Length > MaxBytes)
            {
                mistakes.Add(place, $"a scenario has {MaxBytes >> 20} MB at most; data belong in a file beside it");
                return null;
            }

            var bytes = File.ReadAllBytes(path).AsSpan();
            var text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(text);
        }
        catch (DecoderFallbackException)
        {
            mistakes.Add(place, "this is not text in UTF-8");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(place, $"it cannot be read: {e.Message}");
            return null;
        }
    }

    private ScenarioLoadResult Read(
        string path,
        string source,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? kept,
        ScenarioOverrides overrides
    ) => new ScenarioReader(path, source, new ScenarioFiles(path, kept), overrides, environment).Read();
}

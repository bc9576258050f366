using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios;

/// <summary>Reads a YAML file that a user names.</summary>
internal static class TextFile
{
    private const long MaxBytes = 32L << 20;

    /// <summary>The file's text; null, with a diagnostic, where it has none that can be read.</summary>
    /// <param name="path">The file as the user names it.</param>
    /// <param name="what">What the file is, such as <c>a scenario</c>.</param>
    /// <param name="diagnostics">Where diagnostics go.</param>
    public static string? Read(string path, string what, DiagnosticBag diagnostics)
    {
        var location = SourceLocation.Whole(path);
        try
        {
            if (!File.Exists(path))
            {
                diagnostics.Add(
                    location,
                    Directory.Exists(path)
                        ? $"this is a folder; {what} is a file"
                        : $"there is no such file{NearFile.Hint(path)}"
                );
                return null;
            }

            if (new FileInfo(path).Length > MaxBytes)
            {
                diagnostics.Add(location, $"{what} has {MaxBytes >> 20} MB at most; data belongs in a file beside it");
                return null;
            }

            if (RegularFile.Read(path) is not { } bytes)
            {
                diagnostics.Add(location, $"this is a device or a pipe; {what} is a regular file");
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

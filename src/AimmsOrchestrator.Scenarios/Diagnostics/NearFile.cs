namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>Suggests the file that was probably meant in place of one that is not there.</summary>
public static class NearFile
{
    /// <summary>A folder with more files is searched no further.</summary>
    private const int Most = 2000;

    /// <summary>"; did you mean …?" with the nearest name in the file's folder, or nothing.</summary>
    /// <param name="path">The file that is not there.</param>
    /// <param name="ending">The ending of files that fit; any other file is not suggested. Empty for all files.</param>
    public static string Hint(string path, string ending = "")
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        try
        {
            if (!Directory.Exists(folder))
            {
                return $"; there is no folder \"{folder}\" either";
            }

            var names = Directory
                .EnumerateFiles(folder)
                .Take(Most)
                .Select(file => Path.GetFileName(file))
                .Where(name => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .ToList();
            return Among(Path.GetFileName(path), names) is { } near
                ? $"; did you mean \"{(folder == "." ? near : Path.Combine(folder, near))}\"?"
                : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The nearest whole name, otherwise the nearest apart from its ending.</summary>
    private static string? Among(string name, IReadOnlyList<string> names) =>
        DidYouMean.Nearest(name, names)
        ?? (
            DidYouMean.Nearest(Stem(name), [.. names.Select(Stem)]) is { } stem
                ? names.First(other => Stem(other) == stem)
                : null
        );

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name);
}

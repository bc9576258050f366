namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>The scenario files that a person names: files, and folders that stand for the scenarios in them.</summary>
internal static class ScenarioPaths
{
    /// <summary>Named services stand in it, and no scenario.</summary>
    private const string Profiles = "services.yaml";

    private static readonly string[] Extensions = [".yaml", ".yml"];

    /// <summary>The files in the order in which they are named; those of a folder by name.</summary>
    /// <exception cref="UserErrorException">A folder has no scenario.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> named) => [.. named.SelectMany(Expanded)];

    private static IEnumerable<string> Expanded(string path)
    {
        if (!Directory.Exists(path))
        {
            return [ScenarioLoading.FileOf(path)];
        }

        var files = Directory
            .EnumerateFiles(path)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Where(file => !Path.GetFileName(file).Equals(Profiles, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new UserErrorException($"{path}: no scenario in this folder (*.yaml)");
    }
}

namespace AimmsOrchestrator.Scenarios;

/// <summary>
/// The files beside a scenario: on disk, or as a journal kept them when they were read first. Whatever is read is
/// remembered, so that it can be kept.
/// </summary>
internal sealed class ScenarioFiles(string scenarioPath, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? kept)
{
    private const long MaxBytes = 256L << 20;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _read = new(StringComparer.Ordinal);

    /// <summary>What was read, by the name that the scenario gives it.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments => _read;

    /// <summary>The file as a person would open it from where they stand.</summary>
    public string Display(string name) => Path.Combine(Path.GetDirectoryName(scenarioPath) ?? "", name);

    /// <summary>The file's bytes; null where it cannot be read, with the reason.</summary>
    public ReadOnlyMemory<byte>? Read(string name, out string why)
    {
        why = "";
        if (_read.TryGetValue(name, out var bytes) || (kept is not null && kept.TryGetValue(name, out bytes)))
        {
            return _read[name] = bytes;
        }

        why = $"there is no file \"{name}\" beside the scenario";
        var path = Display(name);
        if (kept is not null || !File.Exists(path))
        {
            return null;
        }

        if (new FileInfo(path).Length > MaxBytes)
        {
            why = $"\"{name}\" is larger than {MaxBytes >> 20} MB";
            return null;
        }

        try
        {
            return _read[name] = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = $"\"{name}\" cannot be read: {e.Message}";
            return null;
        }
    }
}

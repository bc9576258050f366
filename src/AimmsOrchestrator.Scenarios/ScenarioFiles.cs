using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios;

/// <summary>
/// The files beside a scenario: on disk, or as the journal stored them when they were first read. Every file that is read
/// is remembered, so that the journal can store it.
/// </summary>
internal sealed class ScenarioFiles(string scenarioPath, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? stored)
{
    private const long MaxBytes = 128L << 20;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fromDisk = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);

    /// <summary>The files that were read, by the name that the scenario gives them.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments => _read;

    /// <summary>Those of them that are files on this disk.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> FromDisk =>
        _read.Where(file => _fromDisk.Contains(file.Key)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Why files could not be read.</summary>
    public IReadOnlyCollection<string> Unread => _unread;

    /// <summary>What the journal stored under a name, which is remembered again; null where the scenario is not a stored one, or has none.</summary>
    public ReadOnlyMemory<byte>? Stored(string name) =>
        stored is not null && stored.TryGetValue(name, out var bytes) ? _read[name] = bytes : null;

    /// <summary>Stores something else that the scenario depends on beside its files.</summary>
    public void Remember(string name, ReadOnlyMemory<byte> bytes) => _read[name] = bytes;

    /// <summary>The file's path relative to the current folder, as the user would open it.</summary>
    public string Display(string name) => Path.Combine(Path.GetDirectoryName(scenarioPath) ?? "", name);

    /// <summary>The file's bytes; null where it cannot be read, with the reason.</summary>
    public ReadOnlyMemory<byte>? Read(string name, out string why)
    {
        var read = Find(name, out why);
        if (read is null)
        {
            _unread.Add(why);
        }

        return read;
    }

    private ReadOnlyMemory<byte>? Find(string name, out string why)
    {
        why = "";
        if (_read.TryGetValue(name, out var bytes) || (stored is not null && stored.TryGetValue(name, out bytes)))
        {
            return _read[name] = bytes;
        }

        why = $"there is no file \"{name}\" beside the scenario";
        var path = Display(name);
        if (stored is not null)
        {
            return null;
        }

        if (!File.Exists(path))
        {
            why += NearFile.Hint(path);
            return null;
        }

        if (KernelFiles.Contain(path))
        {
            why =
                $"\"{name}\" is a view of the running system and not a file with contents of its own; copy what is wanted";
            return null;
        }

        if (new FileInfo(path).Length > MaxBytes)
        {
            why = $"\"{name}\" is larger than {MaxBytes >> 20} MB";
            return null;
        }

        try
        {
            if (RegularFile.Read(path) is { } content)
            {
                _fromDisk.Add(name);
                return _read[name] = content;
            }

            why = $"\"{name}\" is a device or a pipe; only regular files are read";
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = $"\"{name}\" cannot be read: {e.Message}";
            return null;
        }
    }
}

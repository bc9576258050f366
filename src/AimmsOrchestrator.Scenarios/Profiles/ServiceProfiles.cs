using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>
/// The profiles of a few files: a name that stands in several means the one of the first file. A file is read once it is
/// needed, and one that is not there is empty.
/// </summary>
/// <param name="files">The files, the one that wins first.</param>
/// <param name="environment">An environment variable's value by its name; null where it is not set.</param>
public sealed class ServiceProfiles(IReadOnlyList<string> files, Func<string, string?> environment)
{
    /// <summary>The name of such a file.</summary>
    public const string FileName = "services.yaml";

    private readonly Dictionary<string, MappingNode?> _read = new(StringComparer.Ordinal);

    /// <summary>
    /// The key of the file whose value the profiles are, such as <c>services</c> in a server's configuration; null where they
    /// are the whole file.
    /// </summary>
    public string? Section { get; init; }

    /// <summary>The files, whether they are there or not.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>Those beside a scenario, in the current folder, and in the user's configuration folder.</summary>
    /// <param name="scenario">The scenario's file; null for none.</param>
    /// <param name="environment">Where the configuration folder is found.</param>
    public static ServiceProfiles Around(string? scenario, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var beside = Path.Combine(Path.GetDirectoryName(scenario) ?? "", FileName);
        List<string> files = [beside, FileName];
        files.AddRange(ConfigurationFolder.Of(environment) is { } user ? [Path.Combine(user, FileName)] : []);
        return new ServiceProfiles([.. files.DistinctBy(Path.GetFullPath, StringComparer.Ordinal)], environment);
    }

    /// <summary>Every profile, and the diagnostics of all files.</summary>
    public (IReadOnlyList<ServiceProfile> Profiles, IReadOnlyList<Diagnostic> Diagnostics) All()
    {
        var diagnostics = new DiagnosticBag();
        var profiles = new List<ServiceProfile>();
        foreach (var (file, member) in Members(diagnostics).DistinctBy(found => found.Member.Name).ToList())
        {
            if (new ProfileReader(file, environment, diagnostics).Read(member) is { } profile)
            {
                profiles.Add(profile);
            }
        }

        return (profiles, diagnostics.Errors());
    }

    /// <summary>The names of all profiles that can be read.</summary>
    public IReadOnlyList<string> Names() =>
        [.. Members(new DiagnosticBag()).Select(found => found.Member.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>The files after the first one that have a profile of this name, which is not used.</summary>
    public IReadOnlyList<string> HiddenFiles(string name) =>
        [.. Members(new DiagnosticBag()).Where(found => found.Member.Name == name).Skip(1).Select(found => found.File)];

    /// <summary>The profile of a name; null, with a diagnostic, where there is none that can be read.</summary>
    internal ServiceProfile? Find(string name, SourceLocation location, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Count;
        foreach (var (file, member) in Members(diagnostics))
        {
            if (member.Name == name)
            {
                return new ProfileReader(file, environment, diagnostics).Read(member);
            }
        }

        if (diagnostics.Count == before)
        {
            diagnostics.Add(location, $"service.use: there is no profile \"{name}\"{Hint(name)}");
        }

        return null;
    }

    private string Hint(string name)
    {
        var names = Members(new DiagnosticBag())
            .Select(found => found.Member.Name)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return names.Count == 0 ? $": write it into {string.Join(" or ", files)}"
            : DidYouMean.Among(name, names) is { } near ? $"; did you mean \"{near}\"?"
            : $"; there are {string.Join(", ", names)}";
    }

    private IEnumerable<(string File, Member Member)> Members(DiagnosticBag diagnostics)
    {
        foreach (var file in files)
        {
            foreach (var member in Mapping(file, diagnostics)?.Members ?? [])
            {
                yield return (file, member);
            }
        }
    }

    private MappingNode? Mapping(string file, DiagnosticBag diagnostics)
    {
        if (_read.TryGetValue(file, out var known))
        {
            return known;
        }

        if (!File.Exists(file) || TextFile.Read(file, "a list of profiles", diagnostics) is not { } text)
        {
            return null;
        }

        var root = YamlReader.Read(file, text, diagnostics);
        if (Section is { } section)
        {
            root = (root as MappingNode)?.Find(section);
        }

        switch (root)
        {
            case MappingNode mapping
                when Section is null && mapping.Find("services") is MappingNode inner && inner.Members.All(IsMapping):
                diagnostics.Add(
                    mapping.Find("services")!.Location,
                    "the profiles stand directly in this file: leave out services: and move them to the left"
                );
                return null;

            case MappingNode mapping:
                return _read[file] = mapping;

            case { } other
            and not ScalarNode { Kind: ScalarKind.Null }:
                diagnostics.Add(
                    other.Location,
                    $"this is {other.Description} where profiles are expected, such as acme: {{ url: http://localhost:8080 }}"
                );
                return null;

            default:
                return null;
        }
    }

    private static bool IsMapping(Member member) => member.Value is MappingNode;
}

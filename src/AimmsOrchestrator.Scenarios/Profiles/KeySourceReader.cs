using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>Reads a profile's <c>apiKey</c>: where the key is, never the key.</summary>
internal static class KeySourceReader
{
    private const string Forms =
        "write apiKey: ${{ env.AIMMS_API_KEY }}, apiKey: { command: [pass, show, aimms] } or apiKey: { file: aimms.key }";

    /// <param name="profile">The profile.</param>
    /// <param name="name">Its name, for diagnostics.</param>
    /// <param name="file">The file that it stands in: a key's file is looked for beside it.</param>
    /// <param name="diagnostics">Where diagnostics go.</param>
    public static KeySource? Read(Section profile, string name, string file, DiagnosticBag diagnostics)
    {
        switch (profile["apiKey"])
        {
            case null:
                return null;

            case ScalarNode scalar when KeyText.VariableOf(scalar.Text) is { } variable:
                return new KeySource.Variable(variable);

            case MappingNode mapping:
                var section = Section.Read(mapping, ProfileSchemas.Key, diagnostics, $"{name}.apiKey")!;
                return Read(section, profile, file);

            default:
                profile.Report("apiKey", $"a key is never written in a file; {Forms}");
                return null;
        }
    }

    private static KeySource? Read(Section section, Section profile, string file)
    {
        var words = Node.ItemsOf(section["command"]).Select(word => (word as ScalarNode)?.Text).ToList();
        if (section["command"] is null == section["file"] is null)
        {
            profile.Report("apiKey", $"it has either a command or a file; {Forms}");
            return null;
        }

        if (section["file"] is not null)
        {
            return section.Scalar("file") is { Text.Length: > 0 } path
                ? new KeySource.Stored(Beside(file, path.Text))
                : null;
        }

        // One text with blanks is meant for a shell, and none is asked.
        if (
            words is not [{ Length: > 0 } program, ..]
            || words.Contains(null)
            || (words.Count == 1 && program.Contains(' '))
        )
        {
            section.Report(
                "command",
                "a command is a list of a program and its arguments, such as [pass, show, aimms]; no shell reads it"
            );
            return null;
        }

        return new KeySource.Command([.. words.Select(word => word!)]);
    }

    private static string Beside(string file, string path) =>
        path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..])
            : Path.Combine(Path.GetDirectoryName(file) ?? "", path);
}

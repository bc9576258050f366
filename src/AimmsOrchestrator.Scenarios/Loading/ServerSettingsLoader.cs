using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Profiles;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Loading;

/// <summary>Reads a server's configuration.</summary>
public static class ServerSettingsLoader
{
    /// <summary>A terabyte.</summary>
    private const long LargestStore = 1L << 40;

    /// <param name="file">The file; null for a server without services of its own.</param>
    /// <param name="environment">An environment variable's value by its name; null where it is not set.</param>
    /// <returns>The settings, or every error.</returns>
    public static (ServerSettings? Settings, IReadOnlyList<Diagnostic> Errors) Load(
        string? file,
        Func<string, string?> environment
    )
    {
        if (file is null)
        {
            return (new ServerSettings(new ServiceProfiles([], environment)), []);
        }

        var diagnostics = new DiagnosticBag();
        if (TextFile.Read(file, "a server's configuration", diagnostics) is not { } text)
        {
            return (null, diagnostics.Errors());
        }

        var services = new ServiceProfiles([file], environment) { Section = "services" };
        var root = YamlReader.Read(file, text, diagnostics);
        var settings = new ServerSettings(services);
        if (Section.Read(root, ServerSchemas.Server, diagnostics) is { } section)
        {
            settings = Read(section, settings, diagnostics);
        }

        var errors = diagnostics.Errors().Concat(services.All().Diagnostics).Distinct().ToList();
        return errors.Count > 0 ? (null, errors) : (settings, []);
    }

    private static ServerSettings Read(Section section, ServerSettings defaults, DiagnosticBag diagnostics)
    {
        var allow = Section.Read(section["allow"], ServerSchemas.Allow, diagnostics);
        var limits = Section.Read(section["limits"], ServerSchemas.Limits, diagnostics);
        return defaults with
        {
            Rights = new ScenarioRights
            {
                Addresses = allow?.Truth("addresses") ?? false,
                Notifications = allow?.Truth("notify") ?? false,
            },
            MostRuns = limits?.WholeNumber("runs", 1) ?? defaults.MostRuns,
            MostUploadBytes = limits?.Size("upload") ?? defaults.MostUploadBytes,
            MostUnfinished = limits?.WholeNumber("unfinished", 1) ?? defaults.MostUnfinished,
            MostSchedules = limits?.WholeNumber("schedules", 1) ?? defaults.MostSchedules,
            LongestReading = limits?.Duration("reading") ?? defaults.LongestReading,
            MostResponseBytes = limits?.Size("responses", LargestStore) ?? defaults.MostResponseBytes,
            Requests = limits?.Rate("requests") ?? defaults.Requests,
        };
    }
}

using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Scenarios.Profiles;

/// <summary>Scenarios in a folder with profiles beside them and in a user's configuration folder.</summary>
public abstract class ProfileTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    protected ProfileTest() => _variables["XDG_CONFIG_HOME"] = Path.Combine(_folder.Path, "configuration");

    private protected TemporaryFolder Folder => _folder;

    protected void Set(string name, string value) => _variables[name] = value;

    protected string? Variable(string name) => _variables.GetValueOrDefault(name);

    /// <returns>The file with the profiles.</returns>
    protected string Project(string yaml) => _folder.Write("project/services.yaml", yaml);

    /// <returns>The file with the profiles.</returns>
    protected string User(string yaml) => _folder.Write("configuration/aimms-batch/services.yaml", yaml);

    /// <summary>Loads a scenario with this service, and with what follows it.</summary>
    protected ScenarioLoadResult Load(string service, string more = "", bool needsKey = true, string? url = null) =>
        new ScenarioLoader(Variable) { NeedsKey = needsKey }.Load(
            _folder.Write("project/scenario.yaml", $"service: {service}\nrequest: {{ json: 1 }}\n{more}"),
            new ScenarioOverrides { Url = url }
        );

    /// <summary>Loads a scenario again as its batch stored it.</summary>
    protected ScenarioLoadResult LoadStored(Scenario scenario, bool needsKey = true)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new ScenarioLoader(Variable) { NeedsKey = needsKey }.LoadStored(
            Path.Combine(_folder.Path, "project/scenario.yaml"),
            scenario.Source,
            scenario.Attachments,
            ScenarioOverrides.None
        );
    }

    /// <summary>The one error, without the folder.</summary>
    protected string Problem(ScenarioLoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Assert
            .Single(result.Diagnostics)
            .ToString()
            .Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

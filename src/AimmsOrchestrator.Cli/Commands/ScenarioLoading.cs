using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Loads a scenario for a command.</summary>
internal static class ScenarioLoading
{
    /// <exception cref="UserErrorException">The scenario has mistakes: all of them, a line each.</exception>
    public static Scenario Load(string path, ScenarioOverrides overrides)
    {
        var result = new ScenarioLoader(Environment.GetEnvironmentVariable).Load(path, overrides);
        return result.Scenario ?? throw new UserErrorException(string.Join(Environment.NewLine, result.Mistakes));
    }
}

using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Loads a scenario for a command.</summary>
internal static class ScenarioLoading
{
    /// <summary>The scenario; what its author should know of it is said first.</summary>
    /// <exception cref="UserErrorException">The scenario has mistakes: all of them, a line each.</exception>
    public static Scenario Load(string path, ScenarioOverrides overrides, Screen screen)
    {
        var result = new ScenarioLoader(Environment.GetEnvironmentVariable).Load(path, overrides);
        foreach (var warning in result.Scenario?.Warnings ?? [])
        {
            screen.Complain(warning.ToString());
        }

        return result.Scenario ?? throw new UserErrorException(string.Join(Environment.NewLine, result.Diagnostics));
    }
}

using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>Loads a scenario for a command.</summary>
internal static class ScenarioLoading
{
    private static readonly string[] Endings = [".yaml", ".yml"];

    /// <summary>The file that a user means by a name: <c>grid</c> is <c>grid.yaml</c> where only that is there.</summary>
    public static string FileOf(string name) =>
        Path.Exists(name) ? name : Endings.Select(ending => name + ending).FirstOrDefault(File.Exists) ?? name;

    /// <summary>The scenario; its warnings are printed first.</summary>
    /// <param name="path">The scenario's file.</param>
    /// <param name="overrides">What the command line changes.</param>
    /// <param name="services">Where warnings go.</param>
    /// <param name="needsKey">Whether the service is called, so that its key is read.</param>
    /// <exception cref="UserErrorException">The scenario has errors: all of them, one line each.</exception>
    public static Scenario Load(
        string path,
        ScenarioOverrides overrides,
        CommandServices services,
        bool needsKey = true
    )
    {
        var screen = services.Screen;
        var walk = new WalkReport(path, screen, services.Time);
        var result = new ScenarioLoader(Environment.GetEnvironmentVariable, walk.Show) { NeedsKey = needsKey }.Load(
            path,
            overrides
        );
        walk.End();
        foreach (var warning in result.Scenario?.Warnings ?? [])
        {
            screen.Complain(warning.ToString());
        }

        if (needsKey && result.Scenario?.Schedule is { } schedule)
        {
            screen.Complain(
                $"{path}: schedule: {schedule.Cron} is for a server (`aimms-batch serve`): the batch runs now, once"
            );
        }

        return result.Scenario ?? throw new UserErrorException(string.Join(Environment.NewLine, result.Diagnostics));
    }
}

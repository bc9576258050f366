using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Planning;

/// <summary>A scenario in the journal's words.</summary>
internal static class ScenarioExtensions
{
    /// <summary>The address by which batches at the same service are found.</summary>
    public static string ServiceAddress(this Scenario scenario) => scenario.Address?.ToString() ?? "emulator";
}

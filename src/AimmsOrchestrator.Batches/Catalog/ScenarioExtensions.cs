using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Catalog;

/// <summary>A scenario in the journal's words.</summary>
internal static class ScenarioExtensions
{
    /// <summary>Stands for the address where each batch has an emulator of its own.</summary>
    public const string Emulator = ServiceAccount.Emulator;

    /// <summary>The address by which batches at the same service are found.</summary>
    public static string ServiceAddress(this Scenario scenario) => scenario.Address?.ToString() ?? Emulator;
}

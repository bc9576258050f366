using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>What the command line says of a scenario that is to be run.</summary>
/// <param name="File">The scenario's file, as the person named it.</param>
/// <param name="Overrides">What is to be changed of it.</param>
internal sealed record ScenarioRun(string File, ScenarioOverrides Overrides)
{
    /// <summary>Whether to begin a new batch and use no answer of an earlier one.</summary>
    public bool IsFresh { get; init; }
}

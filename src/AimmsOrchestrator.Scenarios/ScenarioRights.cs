namespace AimmsOrchestrator.Scenarios;

/// <summary>What a scenario may make this program do beside calling the services of its profiles.</summary>
public sealed record ScenarioRights
{
    /// <summary>Everything: a person runs a scenario of their own.</summary>
    public static ScenarioRights All { get; } = new() { Addresses = true, Notifications = true };

    /// <summary>Nothing: the scenario is not trusted.</summary>
    public static ScenarioRights None { get; } = new();

    /// <summary>Whether it names addresses and keys itself (<c>service.url</c>, <c>service.apiKey</c>), or uses the emulator.</summary>
    public bool Addresses { get; init; }

    /// <summary>Whether it notifies addresses and runs commands (<c>notify</c>).</summary>
    public bool Notifications { get; init; }
}

using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Profiles;

namespace AimmsOrchestrator.Scenarios.Loading;

/// <summary>A server's configuration.</summary>
/// <param name="Services">The services that scenarios may use.</param>
public sealed record ServerSettings(ServiceProfiles Services)
{
    /// <summary>What scenarios may do beside calling these services: nothing by default.</summary>
    public ScenarioRights Rights { get; init; } = ScenarioRights.None;

    /// <summary>The most runs of a batch.</summary>
    public long MostRuns { get; init; } = 1_000_000;

    /// <summary>The most bytes of a scenario with its files.</summary>
    public long MostUploadBytes { get; init; } = 64L << 20;

    /// <summary>The most unfinished batches that one token may have.</summary>
    public int MostUnfinished { get; init; } = 100;

    /// <summary>The most schedules that one token may have.</summary>
    public int MostSchedules { get; init; } = 100;

    /// <summary>The most time for reading a scenario, or for the condition of a retry; one token has one of them at a time.</summary>
    public TimeSpan LongestReading { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes of responses that the batches of one token may have stored.</summary>
    public long MostResponseBytes { get; init; } = 10L << 30;

    /// <summary>The fastest rate of requests by one token.</summary>
    public Rate Requests { get; init; } = new(100, TimeSpan.FromSeconds(1));
}

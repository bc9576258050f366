using AimmsOrchestrator.Batches.Services;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>A profile and whether its service can be used.</summary>
/// <param name="Name">The profile.</param>
/// <param name="Source">Where it is written, as <c>file:line:column</c>.</param>
/// <param name="Url">The service's address.</param>
/// <param name="App">The app; null where it has none.</param>
/// <param name="Version">The app's version; null for the latest.</param>
/// <param name="IsUsable">Whether every check passed.</param>
/// <param name="Problem">Why not; null where it can be used.</param>
/// <param name="Findings">What was found.</param>
/// <param name="ClockAheadSeconds">How far the service's clock is ahead of this machine's; null where it is not known.</param>
public sealed record ServiceDocument(
    string Name,
    string Source,
    string Url,
    string? App,
    string? Version,
    bool IsUsable,
    string? Problem,
    IReadOnlyList<string> Findings,
    double? ClockAheadSeconds
)
{
    public static ServiceDocument Of(CheckedService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var profile = service.Profile;
        return new ServiceDocument(
            profile.Name,
            profile.Source,
            profile.Url,
            profile.App,
            profile.Version,
            service.Problem is null,
            service.Problem,
            service.Findings,
            service.ClockAhead?.TotalSeconds
        );
    }
}

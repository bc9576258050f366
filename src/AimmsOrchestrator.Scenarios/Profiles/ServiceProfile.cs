using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Requests;

namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>A service by a name of its own, which scenarios use in place of its address, app and key.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Where it is written, as <c>file:line:column</c>.</param>
/// <param name="Url">Its address as it is written, or <c>emulator</c>.</param>
public sealed record ServiceProfile(string Name, string Source, string Url)
{
    /// <summary>The file that it stands in.</summary>
    public required string File { get; init; }

    /// <summary>Null for the emulator, which each batch starts for itself.</summary>
    public Uri? Address { get; init; }

    /// <summary>The cloud's app; null where the scenario names it, and on localhost.</summary>
    public string? App { get; init; }

    /// <summary>The app's version; null for the one tagged latest, and on localhost.</summary>
    public string? Version { get; init; }

    /// <summary>Cloud where it has an app or a key.</summary>
    public ServiceHost Host => App is not null || HasKey ? ServiceHost.Cloud : ServiceHost.Localhost;

    /// <summary>The dialect; version 2 by default.</summary>
    public ApiVersion Api { get; init; } = ApiVersion.V2;

    /// <summary>Where its key is; null where it has none.</summary>
    public KeySource? Key { get; init; }

    /// <summary>Whether it has a key, wherever that is.</summary>
    public bool HasKey
    {
        get => field || Key is not null;
        internal init;
    }

    /// <summary>What no batch may exceed.</summary>
    public LimitCeilings Ceilings { get; init; } = LimitCeilings.None;

    /// <summary>Whether the journal stored it for a batch: its key is where the profile of that name says today.</summary>
    internal bool IsStored { get; init; }

    /// <summary>Whether another profile leads to the same address, however it is spelt.</summary>
    internal bool IsAtTheAddressOf(ServiceProfile other) =>
        Address is { } mine && other.Address is { } its
            ? ServiceAddress.Canonical(mine) == ServiceAddress.Canonical(its)
            : Address is null && other.Address is null;

    /// <summary>The service for a client; null for the emulator.</summary>
    /// <param name="key">Its key; null where it has none.</param>
    public ServiceEndpoint? EndpointWith(ApiKey? key) =>
        Address is null ? null : new ServiceEndpoint(Address, Host) { Api = Api, Key = key };
}

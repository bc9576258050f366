using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>A scenario's <c>service</c>.</summary>
/// <param name="Address">The address as it is written, or <c>emulator</c>.</param>
/// <param name="Name">The service's name, or a template.</param>
/// <param name="App">The cloud's app, or a template; null on localhost.</param>
/// <param name="Version">The app's version, or a template; null for the latest one and on localhost.</param>
internal sealed record ServiceSettings(string Address, ScalarNode Name, ScalarNode? App, ScalarNode? Version)
{
    public const string Emulator = "emulator";

    public bool UsesEmulator => Address == Emulator;

    /// <summary>Null for the emulator, whose address is known only once it runs.</summary>
    public Uri? Uri { get; init; }

    /// <summary>The address in one spelling, or <c>emulator</c>: part of every run's key.</summary>
    public string KeyAddress => Uri is null ? Address : ServiceAddress.Canonical(Uri);

    public ServiceHost Host { get; init; }

    public ApiVersion Api { get; init; } = ApiVersion.V2;

    public ApiKey? Key { get; init; }

    /// <summary>The profile it comes from and the file of that, such as <c>acme of services.yaml</c>; null where it is written out.</summary>
    public string? Profile { get; init; }

    /// <summary>What its profile lets no batch exceed.</summary>
    public LimitCeilings Ceilings { get; init; } = LimitCeilings.None;

    /// <summary>The service's name; null where it differs from run to run.</summary>
    public string? FixedName => Template.IsIn(Name.Text) ? null : Name.Text;

    /// <summary>The app and its version; null where there is none, or they differ from run to run.</summary>
    public string? FixedApp =>
        App is { } app && !Template.IsIn(app.Text) && !Template.IsIn(Version?.Text ?? "")
            ? $"{app.Text} {Version?.Text ?? "(latest)"}"
            : null;
}

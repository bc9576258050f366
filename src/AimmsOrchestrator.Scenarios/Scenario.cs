using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Emulation;

namespace AimmsOrchestrator.Scenarios;

/// <summary>A valid scenario: everything needed to run it, and everything needed to store it.</summary>
public sealed class Scenario
{
    /// <summary>Letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; the file's name without extension where the scenario gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Its description, in the author's words; null where it has none.</summary>
    public string? Description { get; init; }

    /// <summary>Whether <c>service.url</c> is the word <c>emulator</c>: a task service of this program's own, started for the batch.</summary>
    public bool UsesEmulator { get; init; }

    /// <summary>Services of the author's own for the emulator; none by default.</summary>
    public EmulatedServices Emulator { get; init; } = EmulatedServices.None;

    /// <summary>Where the service is; null for the emulator, whose address is known only once it runs.</summary>
    public Uri? Address { get; init; }

    /// <summary>The service's name; null where it differs from run to run.</summary>
    public string? ServiceName { get; init; }

    /// <summary>The app and its version, such as <c>Transport 1.4</c>; null on localhost, and where they differ from run to run.</summary>
    public string? App { get; init; }

    /// <summary>Cloud where the scenario names an app or a key, localhost otherwise.</summary>
    public ServiceHost Host { get; init; }

    /// <summary>The dialect; version 2 by default.</summary>
    public ApiVersion Api { get; init; } = ApiVersion.V2;

    /// <summary>The cloud's key, from the environment; null on localhost. It is in no run's key, not in the fingerprint and not in the source.</summary>
    public ApiKey? ApiKey { get; init; }

    /// <summary>The profile it uses and the file of that, such as <c>acme of services.yaml</c>; null where it uses none.</summary>
    public string? Profile { get; init; }

    /// <summary>What its profile lets no batch exceed; the limits of its plan keep to that.</summary>
    public LimitCeilings Ceilings { get; init; } = LimitCeilings.None;

    /// <summary>The batch that the engine executes.</summary>
    public required BatchPlan Plan { get; init; }

    /// <summary>The comparisons, and the files that are written at the end.</summary>
    public ReportSettings Report { get; init; } = ReportSettings.None;

    /// <summary>Notifications when the execution of the batch ends.</summary>
    public IReadOnlyList<Notification> Notifications { get; init; } = [];

    /// <summary>When a server begins a batch of it; null where only people do.</summary>
    public CronSchedule? Schedule { get; init; }

    /// <summary>Rules across runs, checked when all runs have ended.</summary>
    public IReadOnlyList<IExpectation> Expectations { get; init; } = [];

    /// <summary>The parameters that runs may have, in the order the scenario names them.</summary>
    public required IReadOnlyList<string> ParameterNames { get; init; }

    /// <summary>What it states about its runs as a whole.</summary>
    public required BatchDesign Design { get; init; }

    /// <summary>The results that runs have, in order; empty where the scenario names none: the members of each response are its results.</summary>
    public required IReadOnlyList<string> ResultNames { get; init; }

    /// <summary>
    /// SHA-256, in hexadecimal, of the scenario's text, of every file it reads, of the overrides and of the environment's
    /// variables it uses (not the key's). Two scenarios with one fingerprint have the same runs.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>The scenario's text as it was read.</summary>
    public required string Source { get; init; }

    /// <summary>The files it reads, by the name the scenario gives them.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments { get; init; }

    /// <summary>Warnings for its author, by line.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>Whether the service calls an address when a task changes its state.</summary>
    public bool HasHooks => ServiceEndpoint.CallsHooks(Host, Api);

    /// <summary>
    /// Why a result is empty for a response, in words, such as <c>the response has no "objetive"; did you mean "objective"?</c>;
    /// null where the response has what the result takes from it.
    /// </summary>
    public string? WhyEmpty(string result, TaskResponse response) =>
        (Plan.Results as Results.ResultReader)?.WhyEmpty(result, response);

    /// <summary>The service for the engine's client.</summary>
    /// <param name="emulator">The emulator's address; ignored where the scenario has an address of its own.</param>
    /// <exception cref="InvalidOperationException">The scenario uses the emulator, and no address of it is given.</exception>
    public ServiceEndpoint EndpointAt(Uri? emulator = null) =>
        new(
            Address
                ?? emulator
                ?? throw new InvalidOperationException("The scenario uses the emulator, and its address is missing."),
            Host
        )
        {
            Api = Api,
            Key = ApiKey,
        };
}

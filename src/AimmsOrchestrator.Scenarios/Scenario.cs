using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios;

/// <summary>A scenario that was read and found right: everything needed to run it, and everything needed to keep it.</summary>
public sealed class Scenario
{
    /// <summary>Letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; the file's name without extension where the scenario gives none.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about, in the user's words; null where they say nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Whether <c>service.url</c> is the word <c>emulator</c>: a task service of this program's own, started for the batch.</summary>
    public bool UsesEmulator { get; init; }

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

    /// <summary>The cloud's key, from the environment; null on localhost. Nothing of it is in the key of a run, the fingerprint or the source.</summary>
    public ApiKey? ApiKey { get; init; }

    /// <summary>What the engine runs.</summary>
    public required BatchPlan Plan { get; init; }

    /// <summary>What is compared, and which files are written at the end.</summary>
    public ReportSettings Report { get; init; } = ReportSettings.None;

    /// <summary>Who is told when the batch is left.</summary>
    public IReadOnlyList<Notification> Notifications { get; init; } = [];

    /// <summary>Rules across runs, to be checked once all have ended.</summary>
    public IReadOnlyList<IExpectation> Expectations { get; init; } = [];

    /// <summary>The parameters that runs may have, in the order the scenario names them.</summary>
    public required IReadOnlyList<string> ParameterNames { get; init; }

    /// <summary>Those of them that <c>let</c> derives from others, wherever they are defined: no run differs in one of them alone.</summary>
    public IReadOnlyList<string> DerivedNames { get; init; } = [];

    /// <summary>The results that runs have, in order; empty where the scenario names none and the response tells.</summary>
    public required IReadOnlyList<string> ResultNames { get; init; }

    /// <summary>
    /// SHA-256, in hexadecimal, of the scenario's text, of every file it reads, of the overrides and of the environment's
    /// variables it uses (not the key's): the same where nothing that matters has changed.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>The scenario's text as it was read.</summary>
    public required string Source { get; init; }

    /// <summary>What was read beside it, by the name the scenario gives it.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments { get; init; }

    /// <summary>What its author should know before it is run, by line.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>The service as the engine's client wants it.</summary>
    /// <param name="emulator">Where the emulator listens; not looked at where the scenario has an address of its own.</param>
    /// <exception cref="InvalidOperationException">The scenario uses the emulator, and no address of it is given.</exception>
    public ServiceEndpoint EndpointAt(Uri? emulator = null) =>
        new(Address ?? emulator ?? throw new InvalidOperationException("The emulator's address is wanted."), Host)
        {
            Api = Api,
            Key = ApiKey,
        };
}

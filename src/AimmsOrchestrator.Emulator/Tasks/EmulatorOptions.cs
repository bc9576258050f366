using System.Security.Cryptography.X509Certificates;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Models;

namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>How an emulated task service behaves.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The port on the loopback address; 0 (the default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The certificate, with its key, by which it speaks HTTPS; null (the default) for HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Tasks that run at a time; 1 by default, like one AIMMS process. The others wait in a first-in, first-out queue.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Other numbers than <see cref="Parallel"/>, each from a moment after the start on; none by default.</summary>
    public IReadOnlyList<ParallelChange> ParallelChanges { get; init; } = [];

    /// <summary>Services beside the emulator's own models; none by default.</summary>
    public IReadOnlyList<OwnService> Services { get; init; } = [];

    /// <summary>The key that <c>/pro-api</c> requires; null (the default) accepts any key there. <c>/api</c> needs none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long a session takes to start, before its first task and after it was idle for <see cref="SessionIdle"/>; zero by default.</summary>
    public TimeSpan ColdStart { get; init; }

    /// <summary>How long an idle session is kept; 5 min by default, as on the cloud.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most tasks on a page of the cloud's list; 100 by default. A request for more gets this many.</summary>
    public int LargestPage { get; init; } = 100;

    /// <summary>The faults and their rates; none by default.</summary>
    public FaultOptions Faults { get; init; } = new();

    /// <summary>
    /// How many bytes of requests, and how many of responses, are kept; 64 MB each by default. Beyond that the oldest request
    /// bodies are dropped, and the oldest ended tasks are forgotten, first those whose response was fetched.
    /// </summary>
    public long KeptBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>The seed of every draw (faults, durations without their own seed); 0 by default.</summary>
    public ulong Seed { get; init; }
}

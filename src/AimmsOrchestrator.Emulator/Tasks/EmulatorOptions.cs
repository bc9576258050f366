using AimmsOrchestrator.Emulator.Faults;

namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>How an emulated task service behaves.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The port on the loopback address; 0 (the default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Tasks that run at a time; 1 by default, as one AIMMS process does. The others wait in a queue, first come first served.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>The key that <c>/pro-api</c> wants; null (the default) takes any key there. <c>/api</c> never wants one.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long a session takes to start before its first task, and again after it was idle for <see cref="SessionIdle"/>; none by default.</summary>
    public TimeSpan ColdStart { get; init; }

    /// <summary>How long an idle session is kept; 5 min by default, as on the cloud.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What goes wrong, and how often; nothing by default.</summary>
    public FaultOptions Faults { get; init; } = new();

    /// <summary>Every draw (faults, durations without a seed of their own) derives from it; 0 by default.</summary>
    public ulong Seed { get; init; }
}

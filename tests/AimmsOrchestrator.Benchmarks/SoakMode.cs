using AimmsOrchestrator.Emulator.Faults;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>One way in which a service, a clock or a machine misbehaves while the program is killed.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Faults">The faults of the service.</param>
internal sealed record SoakMode(string Name, FaultOptions Faults)
{
    /// <summary>Whether the service is an account of the cloud, whose list comes in pages.</summary>
    public bool IsCloud { get; init; }

    /// <summary>Processes that are started on the batch at the same time.</summary>
    public int Drivers { get; init; } = 1;

    /// <summary>Whether the process is stopped for two seconds (SIGSTOP) before it is killed.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Whether a cancel and a resume are started side by side, beside the program that is to be killed.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Whether tasks are lost or cancelled, and are then sent again by right.</summary>
    public bool LosesTasks => Faults.ForgetAllAfter > 0 || IsCancelled;

    /// <summary>Every mode, in the order of the table.</summary>
    public static IReadOnlyList<SoakMode> All { get; } =
    [
        new("plain", new FaultOptions()),
        new("lost-answers", new FaultOptions { CutAfterTaken = 0.03, CutGet = 0.01 }),
        new(
            "5xx-429-cuts",
            new FaultOptions
            {
                ServerError = 0.02,
                TooManyRequests = 0.01,
                CutBeforeTaken = 0.01,
                CutGet = 0.01,
            }
        ),
        new("error-after-taken", new FaultOptions { ErrorAfterTaken = 0.03 }),
        new("response-late", new FaultOptions { ResponseDelaySeconds = 12, CutAfterTaken = 0.01 }),
        new("forget-all", new FaultOptions { ForgetAllAfter = 100 }),
        new("clock-10s", new FaultOptions { ClockSeconds = -10, CutAfterTaken = 0.03 }),
        new("clock-1h", new FaultOptions { ClockSeconds = 3600, CutAfterTaken = 0.03 }),
        new(
            "no-date",
            new FaultOptions
            {
                NoDate = 1,
                ClockSeconds = 3600,
                CutAfterTaken = 0.03,
            }
        ),
        new("list-400", new FaultOptions { FilterStatus = 400, CutAfterTaken = 0.03 }) { IsCloud = true },
        new("list-403", new FaultOptions { ListStatus = 403, CutAfterTaken = 0.01 }),
        new("list-404", new FaultOptions { ListStatus = 404, CutAfterTaken = 0.01 }),
        new("two-drivers", new FaultOptions { CutAfterTaken = 0.01 }) { Drivers = 2 },
        new("sigstop", new FaultOptions { CutAfterTaken = 0.01 }) { IsFrozen = true },
        new("cancel-resume", new FaultOptions { CutAfterTaken = 0.01 }) { IsCancelled = true },
        new("cloud-paged", new FaultOptions { CutAfterTaken = 0.03, ListDelaySeconds = 0.3 }) { IsCloud = true },
    ];
}

using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Cli;

/// <summary>What the program's exit code says; scripts rely on these.</summary>
internal static class ExitCode
{
    /// <summary>Every run completed; or the command did what it was asked.</summary>
    public const int Success = BatchExitCode.Completed;

    /// <summary>Some runs failed.</summary>
    public const int RunsFailed = BatchExitCode.Failed;

    /// <summary>Two batches differ.</summary>
    public const int Differ = 1;

    /// <summary>The command line, the scenario or the workspace is wrong; nothing was sent.</summary>
    public const int WrongInput = 2;

    /// <summary>The batch stopped before its end.</summary>
    public const int Stopped = BatchExitCode.Stopped;

    /// <summary>The service refuses, or cannot be reached.</summary>
    public const int ServiceRefused = BatchExitCode.ServiceRefused;

    /// <summary>Ctrl-C, or a request of the system to end.</summary>
    public const int Interrupted = BatchExitCode.Interrupted;

    /// <summary>The cluster has lost this server: its service manager starts it again.</summary>
    public const int Lost = 255;

    /// <summary>The one of two exit codes that says more of what went wrong.</summary>
    public static int Worse(int one, int other) => Math.Max(one, other);

    /// <summary>The exit code for how a batch went.</summary>
    public static int Of(BatchResult result) => Of(result.Conclusion, result.Outcome.End);

    /// <summary>The exit code for how a batch went.</summary>
    public static int Of(BatchConclusion conclusion, BatchEnd end) => BatchExitCode.Of(conclusion, end);
}

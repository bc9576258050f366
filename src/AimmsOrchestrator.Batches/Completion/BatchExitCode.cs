using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>The exit code that the command line has for a batch, and that notifications name; scripts rely on these.</summary>
public static class BatchExitCode
{
    /// <summary>Every run completed, and every expectation holds.</summary>
    public const int Completed = 0;

    /// <summary>Some runs failed, or an expectation is violated.</summary>
    public const int Failed = 1;

    /// <summary>It stopped before its end.</summary>
    public const int Stopped = 3;

    /// <summary>The service refuses, or cannot be reached.</summary>
    public const int ServiceRefused = 4;

    /// <summary>A person interrupted it.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code for how a batch went.</summary>
    public static int Of(BatchConclusion conclusion, BatchEnd end) =>
        conclusion switch
        {
            BatchConclusion.Completed => Completed,
            BatchConclusion.Failed => Failed,
            BatchConclusion.Interrupted => Interrupted,
            _ => end == BatchEnd.ServiceRefused ? ServiceRefused : Stopped,
        };
}

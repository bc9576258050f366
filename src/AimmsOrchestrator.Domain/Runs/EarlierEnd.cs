using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>How a run ended that asked the same question: the two have the same key.</summary>
public abstract record EarlierEnd
{
    private EarlierEnd() { }

    /// <summary>It has an answer, which is this run's answer too.</summary>
    /// <param name="Source">Which run it is.</param>
    /// <param name="Task">Its task as it ended.</param>
    /// <param name="Response">What the task wrote; null where the service had nothing.</param>
    public sealed record Answered(RunReference Source, TaskSnapshot Task, TaskResponse? Response) : EarlierEnd;

    /// <summary>It has an answer of which only the figures were kept; they are what this run would take from it.</summary>
    /// <param name="Source">Which run it is.</param>
    /// <param name="Task">Its task as it ended.</param>
    /// <param name="Results">Its figures.</param>
    /// <param name="Reading">How they were taken.</param>
    public sealed record Read(RunReference Source, TaskSnapshot Task, RunResults Results, ReadingKey Reading)
        : EarlierEnd;

    /// <summary>It is of the same batch and failed: asking again would only pay again.</summary>
    public sealed record Failed(RunReference Source, RunError Error) : EarlierEnd;
}

/// <summary>A run of any batch of the workspace.</summary>
/// <param name="Batch">The batch's number in the workspace.</param>
/// <param name="Run">The run's place in that batch, from 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RunReference(long Batch, long Run);

using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Accounts;

/// <summary>A slot that a run holds although no process drives its batch: it stays held until its task has ended.</summary>
/// <param name="Batch">The batch that was left.</param>
/// <param name="Run">The run.</param>
/// <param name="Attempt">Which of its submits.</param>
/// <param name="Epoch">The batch's epoch: a process that continues it raises that, and takes its slots over.</param>
/// <param name="Task">Its task; null where the answer to its submit is not known.</param>
/// <param name="SubmitAt">When its submit was intended.</param>
public sealed record LeftSlot(
    BatchId Batch,
    RunReference Run,
    int Attempt,
    long Epoch,
    TaskId? Task,
    DateTimeOffset SubmitAt
);

using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Batches.Problems;

/// <summary>A problem of a use case in one sentence, without advice that only one caller can follow.</summary>
public static class ProblemSentence
{
    public static string Of(BatchProblem problem) =>
        problem switch
        {
            BatchProblem.NotFound { Name: null } => "there are no batches yet",
            BatchProblem.NotFound p => $"no batch or scenario is called \"{p.Name}\"{p.Hint}",
            BatchProblem.RunNotFound { Hint: null } p => $"{p.Batch}: no run has begun yet",
            BatchProblem.RunNotFound p => $"{p.Batch}: no run that has begun is called \"{p.Name}\"{p.Hint}",
            BatchProblem.NoLog p => $"{p.Batch}: run {p.Run.Index}: {p.Reason}",
            BatchProblem.DrivenElsewhere { WasAskedToLeave: true } p =>
                $"{p.Batch}: {p.Holder} drives it, was asked to leave it, and does not",
            BatchProblem.DrivenElsewhere p =>
                $"{p.Batch} is driven by {p.Holder?.ToString() ?? "another process"} already",
            BatchProblem.BegunElsewhere => "the time of the schedule is over: another process began it",
            BatchProblem.NoHookPort p => p.Reason,
            BatchProblem.Over p =>
                $"{p.Batch.Id} is {(p.Batch.End == BatchEnd.Cancelled ? "cancelled" : "finished")}: nothing is left to do",
            BatchProblem.ToBeCancelled p => $"{p.Batch} is being cancelled",
            BatchProblem.CancelTakenBack p => $"{p.Batch} was resumed before it could be cancelled, and continues",
            BatchProblem.ScenarioBroken p => string.Join("; ", p.Diagnostics),
            BatchProblem.InputBroken p => string.Join("; ", p.Diagnostics),
            BatchProblem.WorkspaceBusy p =>
                $"{p.Batch} is driven by {p.Holder}: batches are removed while none of the workspace runs",
            BatchProblem.Unfinished p => $"{p.Batch.Id} is unfinished",
            BatchProblem.SubmitsLost p =>
                $"{p.Batch}: the answer to a submit was lost within the last day, and its task may turn up at the service: remove the batch tomorrow",
            BatchProblem.ReplayMissing p => $"the batch that the service {p.Service} replays is missing",
            BatchProblem.ScenarioUnreadable p => $"{p.Batch}: this version can no longer read its scenario",
            BatchProblem.TasksNotEnded p =>
                $"{p.Batch}: {p.Tasks} tasks could not be ended, the first one of run {p.FirstRun}: {p.FirstReason}",
            _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "not a problem of a use case"),
        };
}

using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>
/// Marks each run while its results are extracted, so that one that ends the process does so twice at most. What can end no
/// process is not marked: a small response in which results are looked up.
/// </summary>
internal sealed class MarkedResultReader(IResultReader results, IEvaluationMarks marks) : IResultReader
{
    private const string Failure =
        "this program ended twice while it extracted this run's results: they are not extracted a third time";

    public RunResults Read(PlannedRun run, TaskSnapshot task, TaskResponse? response)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!results.RunsCode && (response?.Body.Length ?? 0) <= AnswerBudget.Small)
        {
            return results.Read(run, task, response);
        }

        if (!marks.TryBegin(run.Index))
        {
            return RunResults.None with { IsSuccess = false, Failure = Failure };
        }

        try
        {
            return results.Read(run, task, response);
        }
        finally
        {
            marks.Complete(run.Index);
        }
    }

    public bool ReadsJson => results.ReadsJson;

    public bool TakesPages => results.TakesPages;

    public bool RunsCode => results.RunsCode;

    public ExtractionKey ExtractionKeyOf(PlannedRun run) => results.ExtractionKeyOf(run);
}

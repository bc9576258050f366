using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Results;

/// <summary>Extracts the results that a scenario names from a finished task and its response. Safe for many threads at once.</summary>
public interface IResultReader
{
    /// <summary>Never throws for what a model may have written: what cannot be extracted leaves its cell empty and says why.</summary>
    /// <param name="run">The run, for its parameters.</param>
    /// <param name="task">The task as it ended.</param>
    /// <param name="response">What it wrote; null where the service has nothing.</param>
    RunResults Read(PlannedRun run, TaskSnapshot task, TaskResponse? response);

    /// <summary>Whether results are read from a response; false where any response will do.</summary>
    bool ReadsJson { get; }

    /// <summary>
    /// Whether a web page may be a response: results read its text (<c>response.text</c>) and no other member of it, or nothing
    /// of it.
    /// </summary>
    bool TakesPages => !ReadsJson;

    /// <summary>
    /// Whether the scenario's own code is run, which may end the process with it (a recursion without an end); false where
    /// results are only looked up.
    /// </summary>
    bool RunsCode => true;

    /// <summary>What a run's results depend on besides the task and its response.</summary>
    ExtractionKey ExtractionKeyOf(PlannedRun run);
}

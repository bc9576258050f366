using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>
/// Reads the journal, also while another process writes it. Each call sees one consistent moment; for one thread at a time.
/// </summary>
public interface IJournalReader : IRunHistory, IDisposable
{
    /// <summary>Every batch of the workspace, the latest first.</summary>
    IReadOnlyList<BatchRecord> Batches();

    /// <summary>The batches that were left after a moment and not resumed since, the earliest end first.</summary>
    IReadOnlyList<BatchRecord> EndedSince(DateTimeOffset moment);

    /// <summary>
    /// One batch by the name that a person gives: its id, else the latest batch of the scenario of that name, else (null)
    /// the latest of all; null where there is none.
    /// </summary>
    BatchRecord? Find(string? name);

    /// <summary>How many bytes each batch takes, by its number; a batch that wrote nothing is left out.</summary>
    IReadOnlyDictionary<long, StoredSize> Sizes();

    /// <summary>What people set of a batch.</summary>
    ControlLog Controls(long batch);

    /// <summary>
    /// How long no process drove a batch between its begin and now, or its end: from each end, or a dead process's last
    /// event, to the next resume.
    /// </summary>
    TimeSpan Paused(long batch);

    /// <summary>The scenario of a batch as it was when the batch began.</summary>
    StoredScenario Scenario(long batch);

    /// <summary>The runs of a batch that have begun, in their order, streamed: memory does not grow with them.</summary>
    IEnumerable<RunRecord> Runs(long batch);

    /// <summary>Those of them that are wanted; the others cost next to nothing.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="wanted">Whether the run with an index is wanted.</param>
    IEnumerable<RunRecord> Runs(long batch, Predicate<long> wanted);

    /// <summary>The runs of a batch that have begun, from the first one after an index; as <see cref="Runs(long)"/> otherwise.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="after">An index; -1 for all.</param>
    IEnumerable<RunRecord> RunsAfter(long batch, long after);

    /// <summary>The runs of a batch that have begun and not ended, by index; those that have ended cost nothing.</summary>
    /// <param name="batch">The batch's number.</param>
    IReadOnlyList<RunRecord> RunsUnderWay(long batch);

    /// <summary>The runs of a batch that ended last, the newest last.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="most">How many at most.</param>
    IReadOnlyList<RunRecord> LatestEnded(long batch, int most);

    /// <summary>
    /// The runs of a batch that ended after another one, the earliest end first; of those that ended at one moment, the lower index
    /// first.
    /// </summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="at">When the other one ended.</param>
    /// <param name="index">Its index; -1 for all that ended at that moment or later.</param>
    /// <param name="most">How many at most.</param>
    IReadOnlyList<RunRecord> EndedAfter(long batch, DateTimeOffset at, long index, int most);

    /// <summary>The runs of a batch that have begun and not ended; those that are longest in their state come first.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="most">How many at most.</param>
    IReadOnlyList<RunUnderWay> UnderWay(long batch, int most);

    /// <summary>How far the solvers of a batch's running tasks were when they were last asked, by the run's index.</summary>
    IReadOnlyDictionary<long, RunSolve> Solves(long batch);

    /// <summary>The indexes of the runs of a batch that have ended, in order.</summary>
    IEnumerable<long> Ended(long batch);

    /// <summary>How many runs of a batch that have begun are in each state.</summary>
    StateCounts CountByState(long batch);

    /// <summary>How many runs of a batch failed, by what kept them from their result.</summary>
    FailureCounts CountFailures(long batch);

    /// <summary>
    /// How many unfinished tasks the process that drives a batch keeps by what it has found; null where the scenario states the
    /// number, and where no process has said anything. Of a batch that is not driven it may be out of date.
    /// </summary>
    int? FoundConcurrency(long batch);

    /// <summary>How many runs of a batch have copied a response.</summary>
    long CountReused(long batch);

    /// <summary>Whether the service named the session or the user of any task of a batch.</summary>
    bool HasSessions(long batch);

    /// <summary>
    /// What a reader of a batch's results should know of them, and how many runs it is true of: <c>incumbent</c>, <c>key in
    /// response</c>, and the words of <see cref="Settlement.SettlementVerdict"/>.
    /// </summary>
    IReadOnlyDictionary<string, long> Marks(long batch);

    /// <summary>What is wrong with a batch as a whole; what an earlier execution met is left out.</summary>
    IReadOnlyList<BatchWarning> Warnings(long batch);

    /// <summary>The completed runs of a batch whose task the service still keeps, in order; not those that copied a response.</summary>
    IEnumerable<RetainedTask> KeptTasks(long batch);

    /// <summary>
    /// How long the latest runs at a service took from their submit to their result, the latest first: completed ones that
    /// were submitted there, not those that copied a response.
    /// </summary>
    /// <param name="serviceAddress">As batches have it.</param>
    /// <param name="serviceName">As batches have it; null for those whose service differs from run to run.</param>
    /// <param name="most">How many at most.</param>
    IReadOnlyList<TimeSpan> Durations(string serviceAddress, string? serviceName, int most);

    /// <summary>
    /// How long the tasks of the latest runs at a service waited in its queue, and ran; the latest first, not those of copied
    /// responses. Reads little, however many runs there are.
    /// </summary>
    /// <param name="serviceAddress">As batches have it.</param>
    /// <param name="serviceName">As batches have it; null for those whose service differs from run to run.</param>
    /// <param name="most">How many at most.</param>
    IReadOnlyList<TaskTimes> TaskTimes(string serviceAddress, string? serviceName, int most);

    /// <summary>Whether any run of the workspace has a result that can be reused.</summary>
    bool HasResults();

    /// <summary>The responses of a batch's runs, in the runs' order, streamed without their bytes.</summary>
    IEnumerable<StoredResponse> Responses(long batch);

    /// <summary>Copies a run's response in pieces; false where the journal has none.</summary>
    bool CopyResponse(long batch, long index, Stream output);

    /// <summary>The log of a run's latest task that has one here; null where none has.</summary>
    StoredLog? Log(long batch, long index);

    /// <summary>The runs of a batch that have a log, in order.</summary>
    IEnumerable<long> Logged(long batch);

    /// <summary>The failed runs of a batch whose task's log is not here, in order; not those that copied a response.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="most">How many at most.</param>
    IReadOnlyList<RetainedTask> FailedTasksWithoutLog(long batch, int most);
}

/// <summary>A task whose result is in the journal and that the service still keeps.</summary>
/// <param name="Run">The run's place in its batch.</param>
/// <param name="Task">The task.</param>
public sealed record RetainedTask(long Run, TaskId Task);

/// <summary>A task's log that is in the journal.</summary>
/// <param name="Task">The task.</param>
/// <param name="Text">The log.</param>
/// <param name="At">When it was read from the service.</param>
public sealed record StoredLog(TaskId Task, string Text, DateTimeOffset At);

/// <summary>A response that is in the journal.</summary>
/// <param name="Run">The run's place in its batch.</param>
/// <param name="Name">The run's name.</param>
/// <param name="MediaType">What the service said it is; null where it said nothing.</param>
public sealed record StoredResponse(long Run, string Name, string? MediaType);

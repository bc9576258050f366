using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>The tasks at one batch's service, as the journal knows them. For one thread at a time.</summary>
public interface ITaskIndex : IDisposable
{
    /// <summary>Whether any run of the workspace has, or once had, this task.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    bool Knows(TaskId task);

    /// <summary>The POSTs of any batch to the same service whose fate is not known.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    IReadOnlyList<OpenSubmit> OpenSubmits();

    /// <summary>
    /// The batch's own tasks whose submit was intended after a moment, as far as the service should still list them: neither
    /// failed, nor another run's, nor deleted.
    /// </summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    IReadOnlyList<KnownTask> TasksSince(DateTimeOffset moment);

    /// <summary>
    /// The batch's latest tasks on both clocks, as far as the journal has the time of their creation; at most 60.
    /// </summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    IReadOnlyList<ClockSample> ClockSamples();

    /// <summary>Answers the settlement's question.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    JournalKnowledge Read(SettlementEffect.ReadJournal question)
    {
        ArgumentNullException.ThrowIfNull(question);

        // Before the tasks: a POST that is answered in between must not leave its task without an owner.
        var open = OpenSubmits();
        return new JournalKnowledge(open, TasksSince(question.Since), question.Listed.Where(Knows).ToHashSet())
        {
            Samples = ClockSamples(),
        };
    }
}

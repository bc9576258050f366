using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Schedules;

/// <summary>The schedules of a workspace. Safe for many processes; for one thread at a time.</summary>
public interface IScheduleBook : IDisposable
{
    /// <summary>
    /// Adds a schedule. It replaces the one that its owner has of the scenario, which keeps its number and its last batch, and is
    /// not paused any more.
    /// </summary>
    /// <exception cref="JournalException">The workspace's database cannot be written.</exception>
    Schedule Put(NewSchedule schedule);

    /// <summary>All schedules, by number.</summary>
    IReadOnlyList<Schedule> All();

    /// <summary>A schedule by its number; null where there is none.</summary>
    Schedule? Find(long number);

    /// <summary>The schedules that are to be looked at: those due, and those whose last time is in the future.</summary>
    /// <param name="now">The time.</param>
    /// <param name="future">From when on a last time is so far off that the clock must have been wrong.</param>
    IReadOnlyList<Schedule> Due(DateTimeOffset now, DateTimeOffset future);

    /// <summary>The file and the scenario of a schedule; null where there is none.</summary>
    (string SourceFile, StoredScenario Scenario)? Scenario(long number);

    /// <summary>
    /// Opens the batch of a time that is due, and moves the schedule to its next one, both or neither. Null where the schedule
    /// is elsewhere already, paused or gone: another process was first.
    /// </summary>
    BatchRecord? Open(NewBatch batch, Firing firing);

    /// <summary>Moves a schedule to its next time without a batch; false where it is elsewhere already.</summary>
    /// <param name="number">The schedule's number.</param>
    /// <param name="seen">Where it was seen.</param>
    /// <param name="until">When it is due next.</param>
    /// <param name="due">The time that is left out; null for none.</param>
    /// <param name="note">Why, in words.</param>
    bool Move(long number, DateTimeOffset? seen, DateTimeOffset? until, DateTimeOffset? due, string note);

    /// <summary>Writes which batch a time that is due waits for.</summary>
    void Hold(long number, string batch);

    /// <summary>Pauses a schedule; false where there is none or it is paused.</summary>
    bool Pause(long number, DateTimeOffset at);

    /// <summary>Lets a paused schedule go on at a time; false where there is none or it is not paused.</summary>
    bool Unpause(long number, DateTimeOffset? due);

    /// <summary>Removes a schedule; its batches stay. False where there is none.</summary>
    bool Remove(long number);
}

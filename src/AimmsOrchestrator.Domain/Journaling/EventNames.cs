using System.Collections.Frozen;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>The one table of what a run's events are called: in the journal, in telemetry and at crash points.</summary>
public static class EventNames
{
    private static readonly FrozenDictionary<Type, string> Words = new Dictionary<Type, string>
    {
        [typeof(SubmitIntended)] = "submit-intended",
        [typeof(Submitted)] = "submitted",
        [typeof(SubmitFailed)] = "submit-failed",
        [typeof(SubmitUnconfirmed)] = "submit-unconfirmed",
        [typeof(SubmitSettled)] = "submit-settled",
        [typeof(TaskForgotten)] = "task-forgotten",
        [typeof(TaskSeen)] = "task-seen",
        [typeof(TaskInterrupted)] = "task-interrupted",
        [typeof(TaskCompleted)] = "task-completed",
        [typeof(TaskFailed)] = "task-failed",
        [typeof(AttemptFailed)] = "attempt-failed",
        [typeof(RunCompleted)] = "run-completed",
        [typeof(RunReused)] = "run-reused",
        [typeof(RunFailed)] = "run-failed",
        [typeof(RunReopened)] = "run-reopened",
        [typeof(RunCancelled)] = "run-cancelled",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Type> Types = Words.ToFrozenDictionary(
        pair => pair.Value,
        pair => pair.Key,
        StringComparer.Ordinal
    );

    /// <summary>The types of all events.</summary>
    internal static IReadOnlyCollection<Type> AllTypes => Words.Keys;

    /// <summary>The event's word, such as <c>submit-intended</c>.</summary>
    public static string Of(RunEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return Words[happened.GetType()];
    }

    /// <summary>The type of the event of this word.</summary>
    /// <exception cref="FormatException">No event is called so.</exception>
    public static Type TypeOf(string word) =>
        Types.TryGetValue(word, out var type)
            ? type
            : throw new FormatException($"\"{word}\" is not an event of a run");
}

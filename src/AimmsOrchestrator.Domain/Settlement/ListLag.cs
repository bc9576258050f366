using System.Collections.Immutable;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>
/// How late the service's list shows a task, learned from own tasks: at which age each was first seen in a list, and at
/// which age it was still missing.
/// </summary>
public sealed record ListLag
{
    /// <summary>The age by which this number of tasks was listed is believed.</summary>
    public const int FewestTasks = 8;

    /// <summary>The list is believed for twice the age that was observed.</summary>
    private const int Caution = 2;

    /// <summary>Older observations give way to younger tasks: only the youngest say something.</summary>
    private const int MostTasks = 64;

    private static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(250);

    private ImmutableDictionary<TaskId, TimeSpan> Listed { get; init; } = ImmutableDictionary<TaskId, TimeSpan>.Empty;

    private TimeSpan LongestMissing { get; init; }

    /// <summary>The longest time from an intent to its answer.</summary>
    public TimeSpan LongestAnswer { get; private init; }

    /// <summary>How long after it was taken a task is in the list; null until enough tasks have shown it.</summary>
    public TimeSpan? Bound
    {
        get
        {
            if (Listed.Count < FewestTasks)
            {
                return null;
            }

            var shown = Listed.Values.Order().ElementAt(FewestTasks - 1);
            var longest = Caution * (shown > LongestMissing ? shown : LongestMissing);
            return longest > Floor ? longest : Floor;
        }
    }

    /// <summary>With what one list showed of own tasks.</summary>
    /// <param name="tasks">Own tasks, as the journal knew them right after the list.</param>
    /// <param name="listed">The ids of the list.</param>
    /// <param name="at">When the list was read, on this machine's clock.</param>
    public ListLag See(IReadOnlyList<KnownTask> tasks, IReadOnlySet<TaskId> listed, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(listed);
        var seen = Listed.ToBuilder();
        var (missing, answer) = (LongestMissing, LongestAnswer);
        foreach (var task in tasks)
        {
            var age = at - task.IntendedAt;
            if (age < TimeSpan.Zero)
            {
                continue;
            }

            if (task.AnsweredAt - task.IntendedAt > answer)
            {
                answer = (task.AnsweredAt - task.IntendedAt)!.Value;
            }

            if (listed.Contains(task.Task))
            {
                seen.TryAdd(task.Task, age);
            }
            else if (task.IsUnfinished && age > missing)
            {
                missing = age;
            }
        }

        if (seen.Count > MostTasks)
        {
            var youngest = seen.OrderBy(one => one.Value).Take(MostTasks).ToList();
            seen.Clear();
            seen.AddRange(youngest);
        }

        return this with
        {
            Listed = seen.ToImmutable(),
            LongestMissing = missing,
            LongestAnswer = answer,
        };
    }
}

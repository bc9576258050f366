using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>A POST whose answer was lost, on this machine's clock.</summary>
/// <param name="Target">What it called; null where that is not known, and any task may be its own.</param>
/// <param name="IntendedAt">When it was made, or a moment before.</param>
/// <param name="LostAt">When its answer was given up, or was given up at the latest.</param>
public sealed record LostSubmit(TaskTarget? Target, DateTimeOffset IntendedAt, DateTimeOffset LostAt)
{
    /// <summary>
    /// The longest that a POST can be under way: the client's time for a transfer and a bit. A process that died cannot say
    /// when its answer was lost; it was no later than this after the intent.
    /// </summary>
    public static readonly TimeSpan LongestSubmit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan LongestClockChange = TimeSpan.FromDays(1);

    /// <summary>A submit that was lost by now, whatever became of this machine's clock in between.</summary>
    /// <param name="target">What it called; null where that is not known.</param>
    /// <param name="intendedAt">When its intent was written down.</param>
    /// <param name="now">When it is known to be lost.</param>
    public static LostSubmit Of(TaskTarget? target, DateTimeOffset intendedAt, DateTimeOffset now)
    {
        if (intendedAt > now)
        {
            // The clock was set back: all that is known is that it was not long ago.
            return new LostSubmit(target, now - LongestClockChange, now);
        }

        var latest = intendedAt + LongestSubmit;
        return new LostSubmit(target, intendedAt, now < latest ? now : latest);
    }
}

/// <summary>What the service's list of tasks tells of a POST whose answer was lost.</summary>
public enum SettlementVerdict
{
    /// <summary>One task can only be this POST's: it is the run's task from now on.</summary>
    Adopted,

    /// <summary>The service never took it: it is sent again.</summary>
    SentAgain,

    /// <summary>The list cannot tell; what then happens is the scenario's to say.</summary>
    Ambiguous,
}

/// <summary>Verdicts in the words that reports use.</summary>
public static class SettlementVerdicts
{
    /// <summary><c>adopted</c>, <c>sent again</c> or <c>ambiguous</c>.</summary>
    public static string Word(this SettlementVerdict verdict) =>
        verdict switch
        {
            SettlementVerdict.Adopted => "adopted",
            SettlementVerdict.SentAgain => "sent again",
            SettlementVerdict.Ambiguous => "ambiguous",
            _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "not a verdict"),
        };
}

/// <summary>A verdict and what it rests on.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Task">The task that was adopted; null otherwise.</param>
/// <param name="Reason">One line for a person.</param>
public sealed record SettlementOutcome(SettlementVerdict Verdict, TaskId? Task, string Reason);

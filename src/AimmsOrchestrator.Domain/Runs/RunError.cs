using System.Text.RegularExpressions;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>What sort of thing kept a run from its result.</summary>
public enum RunErrorKind
{
    /// <summary>The service took the task, and the task ended failed.</summary>
    TaskFailed,

    /// <summary>The task completed, but the scenario's <c>success</c> does not hold.</summary>
    NotSuccess,

    /// <summary>The service turned the request away, as often as the retry policy allows.</summary>
    Rejected,

    /// <summary>The answer to a submit was lost, and the service's list of tasks cannot tell what became of it.</summary>
    LostAnswer,

    /// <summary>A limit on its time was over: this program withdrew the task or ended it.</summary>
    TimedOut,

    /// <summary>The service no longer knows the task.</summary>
    Forgotten,

    /// <summary>The service kept answering with something that makes no sense.</summary>
    Broken,

    /// <summary>The scenario's own expressions failed for this run; nothing was sent.</summary>
    Scenario,

    /// <summary>A bug in this program.</summary>
    Bug,
}

/// <summary>Why a run has no result.</summary>
/// <param name="Kind">The sort.</param>
/// <param name="Message">One line for a person.</param>
public sealed partial record RunError(RunErrorKind Kind, string Message)
{
    /// <summary>What itself went wrong, also where that happened to another run that asks the same.</summary>
    public string Cause => Before().Replace(Message, "");

    /// <summary>The failure of a run that has the key of a failed one.</summary>
    /// <param name="index">The failed run's index in the batch.</param>
    public RunError OfAnother(long index) => this with { Message = $"run {index} asks the same and failed: {Cause}" };

    [GeneratedRegex(
        "^run [0-9]+ asks the same and failed: ",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Before();
}

namespace AimmsOrchestrator.Domain.Workspaces;

/// <summary>
/// Remembers which runs' expressions are being evaluated, beyond the death of the process: a run that was under evaluation in
/// two processes that died is not evaluated a third time, or every <c>resume</c> would die of it. Safe for many threads.
/// </summary>
public interface IEvaluationMarks : IDisposable
{
    /// <summary>
    /// Marks a run; false where two processes died of it, and then its marks are gone: a later <c>retry</c> evaluates it anew.
    /// </summary>
    bool TryBegin(long run);

    /// <summary>The evaluation is over, however it went.</summary>
    void Complete(long run);
}

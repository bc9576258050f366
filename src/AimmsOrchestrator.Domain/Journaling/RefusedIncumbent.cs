namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>An incumbent of an earlier batch that does not answer a question, since its solver was let run for less time.</summary>
/// <param name="CutAfter">For how long it was let run; null where the version that cut it did not write that down.</param>
public sealed record RefusedIncumbent(TimeSpan? CutAfter);

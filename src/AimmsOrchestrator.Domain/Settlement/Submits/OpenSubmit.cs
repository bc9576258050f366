using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Domain.Settlement.Submits;

/// <summary>A POST to the same service whose fate the journal does not have.</summary>
/// <param name="Run">The run that made it.</param>
/// <param name="IntendedAt">When its intent was written.</param>
/// <param name="LostAt">When its answer was given up; null while the answer may still come, or where the process died.</param>
/// <param name="IsAmbiguous">Whether it was found ambiguous; otherwise it is still open.</param>
public sealed record OpenSubmit(RunReference Run, DateTimeOffset IntendedAt, DateTimeOffset? LostAt, bool IsAmbiguous)
{
    /// <summary>The same as a POST that may have made any of the orphans.</summary>
    public LostSubmit ToLostSubmit() => LostSubmit.Of(target: null, IntendedAt, LostAt ?? DateTimeOffset.MaxValue);
}

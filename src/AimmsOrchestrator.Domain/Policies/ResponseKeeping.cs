namespace AimmsOrchestrator.Domain.Policies;

/// <summary>Which responses the journal keeps, the scenario's <c>responses</c>. Results are kept in any case.</summary>
public enum ResponseKeeping
{
    /// <summary>Every one; the default.</summary>
    All,

    /// <summary>Those of runs that failed, although their task completed or with an error document.</summary>
    Failed,

    /// <summary>Not one.</summary>
    None,
}

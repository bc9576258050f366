namespace AimmsOrchestrator.Domain.Policies;

/// <summary>Which responses the journal keeps, the scenario's <c>responses</c>. Figures are kept in any case.</summary>
public enum ResponseKeeping
{
    /// <summary>Every one, which is so where the scenario says nothing.</summary>
    All,

    /// <summary>Those of runs that failed although their task completed.</summary>
    Failed,

    /// <summary>Not one.</summary>
    None,
}

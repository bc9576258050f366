using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>A piece of ECMAScript that was checked when the scenario was read. Safe for many threads, one scope each.</summary>
internal abstract class Expression(SourceLocation location, string code)
{
    public SourceLocation Location { get; } = location;

    public string Code { get; } = code;

    /// <summary>The parameters it looks at, by slot.</summary>
    public virtual IEnumerable<int> Slots => [];

    /// <summary>Whether it looks at the run's place in the batch.</summary>
    public virtual bool UsesRun => false;

    /// <summary>Never throws for what a user may have written.</summary>
    public abstract Outcome Evaluate(RunScope scope);
}

/// <summary>What an expression's value is for.</summary>
internal enum Purpose
{
    /// <summary>A value to send: numbers must be finite, all the way down.</summary>
    Value,

    /// <summary>A result to report: a number that is not finite is written as text.</summary>
    Result,

    /// <summary>Only whether it is truthy.</summary>
    Truth,
}

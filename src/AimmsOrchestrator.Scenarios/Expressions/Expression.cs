using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>An ECMAScript expression that was checked when the scenario was read. Thread-safe, with one scope per thread.</summary>
internal abstract class Expression(SourceLocation location, string code)
{
    public SourceLocation Location { get; } = location;

    public string Code { get; } = code;

    /// <summary>The code as messages quote it: its beginning where it is long.</summary>
    public string Quoted => ShortText.Cut(Code, 200);

    /// <summary>The slots of the parameters it uses.</summary>
    public virtual IEnumerable<int> Slots => [];

    /// <summary>Whether it uses <c>run</c>, such as the run's index.</summary>
    public virtual bool UsesRun => false;

    /// <summary>Whether it reads the response.</summary>
    public virtual bool UsesResponse => false;

    /// <summary>Never throws, whatever a user wrote.</summary>
    public abstract Outcome Evaluate(RunScope scope);
}

/// <summary>The use of an expression's value.</summary>
internal enum Purpose
{
    /// <summary>A value to send: numbers must be finite, nested ones too.</summary>
    Value,

    /// <summary>A result to report: a number that is not finite is written as text.</summary>
    Result,

    /// <summary>A condition: true or false.</summary>
    Truth,
}

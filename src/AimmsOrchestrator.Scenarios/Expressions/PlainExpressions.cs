using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>A parameter's name alone: its value as the scenario wrote it, without an engine.</summary>
internal sealed class ParameterExpression(SourceLocation location, string name, int slot) : Expression(location, name)
{
    public int Slot { get; } = slot;

    public override IEnumerable<int> Slots => [Slot];

    public override Outcome Evaluate(RunScope scope) =>
        scope.ValueOf(Slot) is { } value ? value : Outcome.Failed("this run has no value for it");
}

/// <summary><c>run.index</c>, without an engine.</summary>
internal sealed class RunIndexExpression(SourceLocation location) : Expression(location, "run.index")
{
    public override bool UsesRun => true;

    public override Outcome Evaluate(RunScope scope) => Value.Number(scope.Index);
}

/// <summary><c>run.key</c>, without an engine.</summary>
internal sealed class RunKeyExpression(SourceLocation location) : Expression(location, "run.key")
{
    public override Outcome Evaluate(RunScope scope) =>
        scope.Key is { } key ? Value.String(key) : Outcome.Failed("this run has no key");
}

/// <summary>An environment variable, read together with the scenario.</summary>
internal sealed class ConstantExpression(SourceLocation location, string code, Value value) : Expression(location, code)
{
    public override Outcome Evaluate(RunScope scope) => value;
}

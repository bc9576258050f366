using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>An expression that only the engine can evaluate.</summary>
internal sealed class ScriptExpression(
    SourceLocation place,
    string code,
    int number,
    IReadOnlyList<Binding> bindings,
    Purpose purpose,
    bool mayWrite
) : Expression(place, code)
{
    /// <summary>Its number in the scenario's library.</summary>
    public int Number { get; } = number;

    /// <summary>What it is called with, in order.</summary>
    public IReadOnlyList<Binding> Bindings { get; } = bindings;

    public override IEnumerable<int> Slots =>
        Bindings.Where(binding => binding.Kind == BindingKind.Parameter).Select(binding => binding.Slot);

    public override bool UsesRun => Bindings.Any(binding => binding.Kind == BindingKind.Run);

    public Purpose Purpose { get; } = purpose;

    /// <summary>Whether it might change what it is given; then the next expression is given it afresh.</summary>
    public bool MayWrite { get; } = mayWrite;

    public override Outcome Evaluate(RunScope scope) => scope.Call(this);
}

using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>An expression that only the engine can evaluate.</summary>
internal sealed class ScriptExpression(SourceLocation location, string code) : Expression(location, code)
{
    /// <summary>The scripts of its scenario.</summary>
    public required ScriptLibrary Library { get; init; }

    /// <summary>Its number in the library.</summary>
    public required int Number { get; init; }

    /// <summary>The arguments it is called with, in order.</summary>
    public required IReadOnlyList<Binding> Bindings { get; init; }

    public required Purpose Purpose { get; init; }

    /// <summary>Whether it might change its arguments; then the next expression gets new ones.</summary>
    public required bool MayWrite { get; init; }

    public override IEnumerable<int> Slots =>
        Bindings.Where(binding => binding.Kind == BindingKind.Parameter).Select(binding => binding.Slot);

    public override bool UsesRun => Bindings.Any(binding => binding.Kind == BindingKind.Run);

    public override bool UsesResponse => Bindings.Any(binding => binding.Kind == BindingKind.Response);

    public override Outcome Evaluate(RunScope scope) => scope.Call(this);
}

using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>A parameter that is derived from others.</summary>
internal sealed record Derivation(int Slot, string Name, Expression Expression);

/// <summary>
/// Applies <c>let</c>, <c>when</c> and <c>require</c> to a sweep's points, in this order: derives parameters, drops points,
/// and marks those that violate a requirement. An expression that fails is a defect of its run.
/// </summary>
internal sealed class ConstrainedSweep(
    Sweep source,
    IReadOnlyList<Derivation> derived,
    Expression? when,
    IReadOnlyList<Expression> required
) : Sweep
{
    public override long Size => source.Size;

    public override IReadOnlyList<int> Slots { get; } =
    [.. source.Slots, .. derived.Select(derivation => derivation.Slot)];

    public override SweepShape Shape => source.Shape;

    public override bool HasGaps => when is not null || source.HasGaps;

    /// <summary>A derived parameter adds nothing to the others, so names leave it out.</summary>
    public override bool Varies(int slot) => source.Varies(slot);

    public override bool Fill(long position, Point point)
    {
        if (!source.Fill(position, point))
        {
            return false;
        }

        using var scope = new RunScope(point.Values, position);
        foreach (var (slot, name, expression) in derived)
        {
            var outcome = expression.Evaluate(scope);
            point.Values[slot] = outcome.Value;
            point.Defect ??= Failure($"let.{name}", expression, outcome);
        }

        if (point.Defect is null && when is not null)
        {
            var outcome = when.Evaluate(scope);
            point.Defect = Failure("when", when, outcome);
            if (ReferenceEquals(outcome.Value, Value.False))
            {
                return false;
            }
        }

        foreach (var rule in required.TakeWhile(_ => point.Defect is null))
        {
            var outcome = rule.Evaluate(scope);
            point.Defect = ReferenceEquals(outcome.Value, Value.False)
                ? new Defect(rule.Location, $"require: {rule.Quoted} does not hold") { IsRequirement = true }
                : Failure("require", rule, outcome);
        }

        return true;
    }

    private static Defect? Failure(string name, Expression expression, Outcome outcome) =>
        outcome switch
        {
            { Value: not null } => null,
            { NotFinite: not null } => new Defect(
                expression.Location,
                $"{name}: {expression.Quoted}: it is not a finite number"
            ),
            _ => new Defect(expression.Location, $"{name}: {expression.Quoted}: {outcome.Failure}"),
        };
}

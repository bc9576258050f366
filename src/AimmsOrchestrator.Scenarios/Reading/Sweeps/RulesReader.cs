using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>Reads <c>let</c>, <c>when</c> and <c>require</c> of a sweep.</summary>
internal sealed class RulesReader(SweepReader sweep, SweepContext context)
{
    public Sweep Read(Sweep source, Section section)
    {
        var scope = Scope.Parameters(context.Parameters);
        var derived = Derivations(section["let"], scope).ToList();
        var when = section["when"] is { } node ? context.Expressions.Read("when", node, scope, Purpose.Truth) : null;
        var required = Requirements(section["require"], scope).ToList();
        return derived.Count == 0 && when is null && required.Count == 0
            ? source
            : new ConstrainedSweep(source, derived, when, required);
    }

    private IEnumerable<Derivation> Derivations(Node? node, Scope scope)
    {
        if (node is not (null or MappingNode))
        {
            context.Diagnostics.Add(
                node.Location,
                "let is a mapping of names to expressions, as in total: freight * growth"
            );
        }

        foreach (var member in (node as MappingNode)?.Members ?? [])
        {
            // Compiled before it is defined: a derived parameter can use only those above it.
            var expression = context.Expressions.Read($"let.{member.Name}", member.Value, scope, Purpose.Value);
            var slot = sweep.Define(member.Key, "let");
            if (expression is not null && slot is not null)
            {
                context.DerivedFrom[slot.Value] = [.. expression.Slots];
                yield return new Derivation(slot.Value, member.Name, expression);
            }
        }
    }

    private IEnumerable<Expression> Requirements(Node? node, Scope scope)
    {
        foreach (var rule in Node.ItemsOf(node))
        {
            if (context.Expressions.Read("require", rule, scope, Purpose.Truth) is { } expression)
            {
                context.HasRequirements = true;
                yield return expression;
            }
        }
    }
}

using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Results;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Outcomes;

/// <summary>Reads <c>results</c> and <c>success</c>: bare expressions over the response and the task.</summary>
internal sealed class ResultsReader(PlainExpressionReader bare, DiagnosticBag mistakes)
{
    /// <summary>The figures in order; null where the scenario names none.</summary>
    public IReadOnlyList<ResultDefinition>? Figures(Node? node, Scope scope)
    {
        switch (node)
        {
            case null or ScalarNode { Kind: ScalarKind.Null }:
                return null;
            case MappingNode mapping:
                return
                [
                    .. mapping
                        .Members.Select(member =>
                            (
                                member.Name,
                                Code: bare.Read($"results.{member.Name}", member.Value, scope, Purpose.Figure)
                            )
                        )
                        .Where(figure => figure.Code is not null)
                        .Select(figure => new ResultDefinition(figure.Name, figure.Code!)),
                ];
            default:
                mistakes.Add(
                    node.Location,
                    "results is a mapping of names to expressions, as in cost: response.objective"
                );
                return null;
        }
    }

    public Expression? Success(Node? node, Scope scope) =>
        node is null or ScalarNode { Kind: ScalarKind.Null } ? null : bare.Read("success", node, scope, Purpose.Truth);
}

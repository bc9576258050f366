using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Results;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Outcomes;

/// <summary>Reads <c>results</c> and <c>success</c>: expressions over the response and the task.</summary>
internal sealed class ResultsReader(PlainExpressionReader expressions, DiagnosticBag diagnostics)
{
    /// <summary>The results in order; null where the scenario names none.</summary>
    public IReadOnlyList<ResultDefinition>? Definitions(Node? node, Scope scope)
    {
        switch (node)
        {
            case null:
                return null;
            case MappingNode mapping:
                return
                [
                    .. mapping
                        .Members.Select(member =>
                            (
                                member.Name,
                                Code: expressions.Read($"results.{member.Name}", member.Value, scope, Purpose.Result)
                            )
                        )
                        .Where(result => result.Code is not null)
                        .Select(result => new ResultDefinition(result.Name, result.Code!)),
                ];
            default:
                diagnostics.Add(
                    node.Location,
                    "results is a mapping of names to expressions, as in cost: response.objective"
                );
                return null;
        }
    }

    public Expression? Success(Node? node, Scope scope) =>
        node is null ? null : expressions.Read("success", node, scope, Purpose.Truth);
}

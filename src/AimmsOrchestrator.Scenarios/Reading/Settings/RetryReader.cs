using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Results;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>retry</c>; what is left out keeps its default.</summary>
internal sealed class RetryReader(PlainExpressionReader expressions, DiagnosticBag diagnostics)
{
    public RetryPolicy Read(Node? node)
    {
        var policy = RetryPolicy.Default;
        if (Section.Read(node, ScenarioSchemas.Retry, diagnostics) is not { } section)
        {
            return policy;
        }

        var (first, longest) = section.Waits(policy.InitialInterval, policy.MaximumInterval);
        return new RetryPolicy(section.WholeNumber("attempts", 1) ?? policy.MaximumAttempts, first, longest)
        {
            Condition = Condition(section["if"]),
            Settlement = Settlement(section),
        };
    }

    private RetryCondition? Condition(Node? node)
    {
        if (node is null)
        {
            return null;
        }

        var scope = Scope.Parameters(RetryCondition.Names);
        return expressions.Read("retry.if", node, scope, Purpose.Truth) is { } expression
            ? new RetryCondition(expression)
            : null;
    }

    private static SettlementPolicy Settlement(Section section)
    {
        var settle = section.Duration("settle") ?? SettlementPolicy.Default.Settle;
        return new SettlementPolicy(settle, section.Word("ambiguous") == "send");
    }
}

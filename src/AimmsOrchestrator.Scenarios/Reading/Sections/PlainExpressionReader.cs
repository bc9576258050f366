using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Reads bare expressions, without <c>${{ }}</c>: in <c>let</c>, <c>when</c>, <c>require</c>, <c>success</c>, <c>results</c>.</summary>
internal sealed class PlainExpressionReader(ExpressionCompiler compiler, DiagnosticBag diagnostics)
{
    /// <summary>The expression; null where it cannot work, with the reason among the diagnostics.</summary>
    public Expression? Read(string name, Node node, Scope scope, Purpose purpose)
    {
        if (node is not ScalarNode scalar)
        {
            var why =
                $"{name}: {node.Description} where an expression is expected; one with {{ }} or [ ] in it needs quotes";
            diagnostics.Add(node.Location, why);
            return null;
        }

        if (Template.IsIn(scalar.Text))
        {
            diagnostics.Add(node.Location, $"{name} holds an expression already; write it without ${{{{ }}}}");
            return null;
        }

        if (scalar.Text.Trim().Length == 0)
        {
            diagnostics.Add(node.Location, $"{name} is empty; an expression is expected, such as 2 * x");
            return null;
        }

        return compiler.Compile(scalar.Text, scalar.At(0), scope, purpose);
    }
}

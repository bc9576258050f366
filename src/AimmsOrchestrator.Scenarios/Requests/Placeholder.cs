using AimmsOrchestrator.Scenarios.Expressions;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>A string of the request that differs from run to run.</summary>
/// <param name="Template">The template for its value.</param>
/// <param name="IsText">Whether its value becomes text, whatever its type: so for the service's name.</param>
internal sealed record Placeholder(Template Template, bool IsText)
{
    public Outcome Fill(RunScope scope) => IsText ? Template.EvaluateText(scope) : Template.Evaluate(scope);
}

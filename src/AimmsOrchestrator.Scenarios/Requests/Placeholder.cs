using AimmsOrchestrator.Scenarios.Expressions;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>A string of the request that differs from run to run.</summary>
/// <param name="Template">What fills it.</param>
/// <param name="IsText">Whether it is text whatever its expression yields, as the service's name is.</param>
internal sealed record Placeholder(Template Template, bool IsText)
{
    public Outcome Fill(RunScope scope) => IsText ? Template.EvaluateText(scope) : Template.Evaluate(scope);
}

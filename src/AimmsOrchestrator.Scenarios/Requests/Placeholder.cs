using AimmsOrchestrator.Scenarios.Expressions;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>A string of the request that differs from run to run.</summary>
/// <param name="Template">The template for its value.</param>
/// <param name="IsText">Whether it is a part of the address, as the service's name is: its value becomes text, whatever its type.</param>
internal sealed record Placeholder(Template Template, bool IsText)
{
    public Outcome Fill(RunScope scope)
    {
        if (!IsText)
        {
            return Template.Evaluate(scope);
        }

        var outcome = Template.EvaluateText(scope);
        return outcome.Value is { } value && AddressPart.Problem(value.Text) is { } problem
            ? Outcome.Failed($"the value is a part of the task's address, and {problem}")
            : outcome;
    }
}

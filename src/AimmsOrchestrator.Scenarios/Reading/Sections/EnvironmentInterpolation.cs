using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Reads texts that are the same for the whole batch and may use environment variables.</summary>
internal sealed class EnvironmentInterpolation(ExpressionCompiler compiler, DiagnosticBag diagnostics)
{
    /// <summary>The text with the values of its environment variables.</summary>
    /// <param name="written">The text as it is written.</param>
    /// <param name="isSecret">Whether it must not be recorded, not even in the scenario's fingerprint.</param>
    public string? Read(ScalarNode written, bool isSecret)
    {
        var template = Template.Read(written, Scope.Environment(isSecret), compiler, diagnostics);
        if (template is null)
        {
            return null;
        }

        using var scope = new RunScope([], 0);
        var outcome = template.EvaluateText(scope);
        if (outcome.Failure is { } why)
        {
            diagnostics.Add(written.Location, why);
        }

        return outcome.Value?.Text;
    }
}

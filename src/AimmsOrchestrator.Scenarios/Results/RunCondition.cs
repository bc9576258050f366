using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>An expression over the parameters and results of a run that is on disk: true or false.</summary>
public sealed class RunCondition
{
    private readonly Expression _expression;
    private readonly RunValues _values;

    private RunCondition(Expression expression, RunValues values) => (_expression, _values) = (expression, values);

    /// <summary>The condition's code.</summary>
    public string Code => _expression.Code;

    /// <summary>Reads a condition.</summary>
    /// <param name="code">Bare ECMAScript.</param>
    /// <param name="source">Where it comes from: what each error begins with.</param>
    /// <param name="names">The parameters and results that it can use.</param>
    /// <returns>The condition, or every error.</returns>
    public static (RunCondition? Condition, IReadOnlyList<Diagnostic> Errors) Parse(
        string code,
        string source,
        IEnumerable<string> names
    )
    {
        var diagnostics = new DiagnosticBag();
        var table = ParameterTable.Of([.. names]);
        var compiler = new ExpressionCompiler(new EnvironmentVariables(_ => null, diagnostics), diagnostics);
        var expression = compiler.Compile(code, SourceLocation.Whole(source), Scope.Parameters(table), Purpose.Truth);
        return expression is null || diagnostics.Any
            ? (null, diagnostics.Errors())
            : (new RunCondition(expression, new RunValues(table)), []);
    }

    /// <summary>Whether it holds for a run, or why that cannot be said.</summary>
    public (bool Holds, string? Failure) Check(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var scope = new RunScope(_values.Of(run), run.Index);
        var outcome = _expression.Evaluate(scope);
        return (ReferenceEquals(outcome.Value, Value.True), outcome.Failure);
    }
}

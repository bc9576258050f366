using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>
/// Checks an expression when the scenario is read and picks the cheapest way to evaluate it. A parameter's name and a plain
/// path need no engine, which takes most of a second to warm up in a new process.
/// </summary>
internal sealed class ExpressionCompiler(
    EnvironmentVariables variables,
    DiagnosticBag diagnostics,
    CancellationToken cancellation = default
)
{
    private readonly ScriptCompiler _scripts = new(variables, diagnostics, cancellation);

    /// <summary>The expression; null where it cannot work, with the reason among the diagnostics.</summary>
    /// <param name="code">Bare ECMAScript.</param>
    /// <param name="location">The location of its first character.</param>
    /// <param name="scope">The names it can use.</param>
    /// <param name="purpose">What its value is for.</param>
    public Expression? Compile(string code, SourceLocation location, Scope scope, Purpose purpose = Purpose.Value)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            diagnostics.Add(location, "there is no expression between ${{ and }}");
            return null;
        }

        location = location.Offset(code.Length - code.TrimStart().Length);
        code = code.Trim();
        var plain = purpose == Purpose.Truth ? null : CompilePlain(code, location, scope, purpose);
        return plain ?? _scripts.Compile(code, location, scope, purpose);
    }

    /// <summary>An expression that needs no engine; null where it needs one.</summary>
    private Expression? CompilePlain(string code, SourceLocation location, Scope scope, Purpose purpose)
    {
        // A parameter's name that stands alone means the parameter, even where it is no identifier, such as node-version.
        if (scope.Find(code) is { Kind: BindingKind.Parameter } parameter)
        {
            return new ParameterExpression(location, code, parameter.Slot);
        }

        if (PathScanner.Scan(code) is not var (root, steps) || scope.Find(root) is not { Kind: var kind })
        {
            return null;
        }

        switch (kind)
        {
            case BindingKind.Run when code == "run.index":
                return new RunIndexExpression(location);
            case BindingKind.Run when code == "run.key" && scope.HasKey:
                return new RunKeyExpression(location);
            case BindingKind.Environment when steps.Count == 1:
                return variables.Read(steps[0].Name, location, scope.IsSecret) is { } value
                    ? new ConstantExpression(location, code, Value.String(value))
                    : null;
            case BindingKind.Response or BindingKind.Task:
                var script = new Lazy<Expression>(() => _scripts.Compile(code, location, scope, purpose)!);
                return new PathExpression(location, code, kind, steps, script);
            default:
                return null;
        }
    }
}

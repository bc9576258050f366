using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>The placeholders of a request. Each is evaluated once per run, although it is written in both the body and the key.</summary>
internal sealed class PlaceholderTable(ExpressionCompiler compiler, DiagnosticBag diagnostics)
{
    private readonly Dictionary<ScalarNode, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<Placeholder> _placeholders = [];

    public IReadOnlyList<Placeholder> Placeholders => _placeholders;

    /// <summary>Adds a last placeholder, which the caller fills. Nothing may be added after it.</summary>
    public ScalarNode AddLast(SourceLocation location)
    {
        var last = ScalarNode.String(location, "${{ }}");
        _numbers[last] = _placeholders.Count;
        return last;
    }

    /// <summary>The number of a string's placeholder; null where it has no expression, or one that cannot work.</summary>
    public int? Number(ScalarNode scalar, Scope scope, bool isText = false)
    {
        if (scalar.Kind != ScalarKind.String || !Template.IsIn(scalar.Text))
        {
            return null;
        }

        if (_numbers.TryGetValue(scalar, out var number))
        {
            return number < 0 ? null : number;
        }

        if (Template.Read(scalar, scope, compiler, diagnostics) is not { } template)
        {
            _numbers[scalar] = -1;
            return null;
        }

        _placeholders.Add(new Placeholder(template, isText));
        return _numbers[scalar] = _placeholders.Count - 1;
    }
}

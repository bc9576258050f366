using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>The parameters that the command line overrides (<c>--set NAME=VALUE</c>).</summary>
internal sealed class Assignments
{
    private const string Option = "--set";

    private readonly Dictionary<string, Node> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly DiagnosticBag _diagnostics;

    public Assignments(IReadOnlyList<string> written, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        foreach (var assignment in written)
        {
            Add(assignment);
        }
    }

    /// <summary>A parameter's values: the command line's where it has any, else the scenario's.</summary>
    public Node For(string name, Node written)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            return written;
        }

        _used.Add(name);
        return value;
    }

    /// <summary>Reports assignments to parameters that the sweep does not define; call it when the sweep is read.</summary>
    public void RefuseUnused(ParameterTable parameters)
    {
        foreach (var name in _values.Keys.Where(name => !_used.Contains(name)))
        {
            var known = parameters.Names.Count == 0 ? "it has none" : $"it has {string.Join(", ", parameters.Names)}";
            if (parameters.Find(name) is not null)
            {
                _diagnostics.Add(SourceLocation.Whole(Option), $"{name} is derived from other parameters; set those");
                continue;
            }

            _diagnostics.Add(
                SourceLocation.Whole(Option),
                $"the sweep has no parameter \"{name}\"{DidYouMean.Hint(name, parameters.Names)} ({known})"
            );
        }
    }

    private void Add(string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : assignment[..equals].Trim();
        if (name.Length == 0)
        {
            _diagnostics.Add(
                SourceLocation.Whole(Option),
                $"\"{assignment}\" is not NAME=VALUE, as in growth=1.1 or growth=[1.0, 1.1]"
            );
            return;
        }

        if (assignment.Contains('\uFFFD', StringComparison.Ordinal))
        {
            _diagnostics.Add(
                SourceLocation.Whole(Option),
                $"{name}: a character of the value is not in UTF-8, the encoding of command lines"
            );
            return;
        }

        var broken = new DiagnosticBag();
        var text = assignment[(equals + 1)..];
        var value =
            text.Trim().Length == 0
                ? ScalarNode.String(SourceLocation.Whole(Option), "")
                : YamlReader.ReadOption(Option, text, broken);
        if (value is null || broken.Any)
        {
            _diagnostics.Add(SourceLocation.Whole(Option), $"{name}={text}: {broken.Errors()[0].Message}");
        }
        else if (!_values.TryAdd(name, value))
        {
            _diagnostics.Add(SourceLocation.Whole(Option), $"\"{name}\" is given twice");
        }
    }
}

using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>The environment as expressions read it; records which variables a scenario uses.</summary>
/// <param name="read">A variable's value by its name; null where there is none.</param>
/// <param name="diagnostics">Where diagnostics go.</param>
internal sealed class EnvironmentVariables(Func<string, string?> read, DiagnosticBag diagnostics)
{
    private readonly SortedDictionary<string, string> _used = new(StringComparer.Ordinal);

    /// <summary>The variables that expressions use, other than secrets.</summary>
    public IReadOnlyDictionary<string, string> Used => _used;

    /// <summary>The variable's value; null, with a diagnostic, where it is not set or empty.</summary>
    public string? Read(string name, SourceLocation location, bool isSecret)
    {
        var value = read(name);
        if (string.IsNullOrEmpty(value))
        {
            diagnostics.Add(location, $"the environment variable {name} is not set");
            return null;
        }

        if (value.Contains('\uFFFD', StringComparison.Ordinal))
        {
            diagnostics.Add(location, $"the environment variable {name} has a character that is not in UTF-8");
            return null;
        }

        if (!isSecret)
        {
            _used[name] = value;
        }

        return value;
    }
}

namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>An error or a warning of a scenario, and its location.</summary>
/// <param name="File">The file as the user named it, or the option (<c>--set</c>) that contains it.</param>
/// <param name="Line">From 1; 0 where there is no line to point at.</param>
/// <param name="Column">From 1; 0 where there is no line to point at.</param>
/// <param name="Message">What is wrong, in one line: the thing, its value, and what is allowed.</param>
public sealed record Diagnostic(string File, int Line, int Column, string Message)
{
    /// <summary>Whether the scenario runs all the same, and is probably not what its author wants.</summary>
    public bool IsWarning { get; init; }

    /// <summary><c>file:line:column: message</c>, which editors and terminals make clickable.</summary>
    public override string ToString()
    {
        var location = Line == 0 ? File : $"{File}:{Line}:{Column}";
        return $"{location}: {(IsWarning ? "warning: " : "")}{Message}";
    }
}

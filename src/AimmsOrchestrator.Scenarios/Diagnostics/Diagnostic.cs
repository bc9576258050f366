namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>An error in a scenario and its location.</summary>
/// <param name="File">The file as the user named it, or the option (<c>--set</c>) that contains it.</param>
/// <param name="Line">From 1; 0 where there is no line to point at.</param>
/// <param name="Column">From 1; 0 where there is no line to point at.</param>
/// <param name="Message">What is wrong, in one line: the thing, its value, and what is allowed.</param>
public sealed record Diagnostic(string File, int Line, int Column, string Message)
{
    /// <summary><c>file:line:column: message</c>, which editors and terminals make clickable.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}

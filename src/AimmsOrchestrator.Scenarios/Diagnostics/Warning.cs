namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>Something in a scenario that runs and is probably not what its author wants.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">From 1; 0 where there is no line to point at.</param>
/// <param name="Column">From 1; 0 where there is no line to point at.</param>
/// <param name="Message">The warning, in one line.</param>
public sealed record Warning(string File, int Line, int Column, string Message)
{
    /// <summary><c>file:line:column: warning: message</c>.</summary>
    public override string ToString() =>
        Line == 0 ? $"{File}: warning: {Message}" : $"{File}:{Line}:{Column}: warning: {Message}";
}

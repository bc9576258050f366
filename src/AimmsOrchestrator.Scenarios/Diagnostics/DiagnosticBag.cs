using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>Every diagnostic of a scenario: reading continues after an error, so that one pass reports them all.</summary>
internal sealed class DiagnosticBag
{
    private readonly HashSet<Diagnostic> _diagnostics = [];
    private readonly HashSet<Warning> _warnings = [];

    public bool Any => _diagnostics.Count > 0;

    public int Count => _diagnostics.Count;

    /// <summary>Adds an error; the same error twice counts once.</summary>
    public void Add(SourceLocation location, string message) =>
        _diagnostics.Add(new Diagnostic(location.File, location.Line, location.Column, OneLine(message)));

    /// <summary>Adds a warning, which does not keep the scenario from running.</summary>
    public void Warn(SourceLocation location, string message) =>
        _warnings.Add(new Warning(location.File, location.Line, location.Column, OneLine(message)));

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<Warning> Warnings() =>
        [.. _warnings.OrderBy(w => w.File, StringComparer.Ordinal).ThenBy(w => w.Line).ThenBy(w => w.Column)];

    /// <summary>In the order of the text; those without a line first.</summary>
    public IReadOnlyList<Diagnostic> Sorted() =>
        [.. _diagnostics.OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Line).ThenBy(m => m.Column)];

    private static string OneLine(string message) => ShortText.Cut(Joined(message));

    private static string Joined(string message) =>
        message.AsSpan().IndexOfAny('\r', '\n') < 0 ? message : string.Join(' ', message.Split(['\r', '\n'], Trimmed));

    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
}

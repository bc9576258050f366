using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>Every diagnostic of a scenario: reading continues after an error, so that one pass reports them all.</summary>
internal sealed class DiagnosticBag
{
    private readonly HashSet<Diagnostic> _errors = [];
    private readonly HashSet<Diagnostic> _warnings = [];

    /// <summary>Whether there is an error.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>How many errors there are.</summary>
    public int Count => _errors.Count;

    /// <summary>Adds an error; the same error twice counts once.</summary>
    public void Add(SourceLocation location, string message) => _errors.Add(At(location, message));

    /// <summary>Adds a warning, which does not keep the scenario from running.</summary>
    public void Warn(SourceLocation location, string message) =>
        _warnings.Add(At(location, message) with { IsWarning = true });

    /// <summary>The errors in the order of the text; those without a line first.</summary>
    public IReadOnlyList<Diagnostic> Errors() => InOrder(_errors);

    /// <summary>The warnings in the order of the text; those without a line first.</summary>
    public IReadOnlyList<Diagnostic> Warnings() => InOrder(_warnings);

    private static Diagnostic At(SourceLocation location, string message) =>
        new(location.File, location.Line, location.Column, OneLine(message));

    private static List<Diagnostic> InOrder(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column)];

    private static string OneLine(string message) => ShortText.Cut(Joined(message));

    private static string Joined(string message) =>
        message.AsSpan().IndexOfAny('\r', '\n') < 0 ? message : string.Join(' ', message.Split(['\r', '\n'], Trimmed));

    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
}

using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>Every diagnostic of a scenario: reading continues after an error, so that one pass reports them all.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>How many of each kind are kept: every line of a large file may be wrong. The others are only counted.</summary>
    private const int MaxKept = 100;

    private readonly HashSet<Diagnostic> _errors = [];
    private readonly HashSet<Diagnostic> _warnings = [];
    private int _moreErrors;
    private int _moreWarnings;

    /// <summary>Whether there is an error.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>How many errors there are.</summary>
    public int Count => _errors.Count + _moreErrors;

    /// <summary>Adds an error; the same error twice counts once.</summary>
    public void Add(SourceLocation location, string message)
    {
        if (_errors.Count == MaxKept)
        {
            _moreErrors++;
            return;
        }

        _errors.Add(At(location, message));
    }

    /// <summary>Adds a warning, which does not keep the scenario from running.</summary>
    public void Warn(SourceLocation location, string message)
    {
        if (_warnings.Count == MaxKept)
        {
            _moreWarnings++;
            return;
        }

        _warnings.Add(At(location, message) with { IsWarning = true });
    }

    /// <summary>The errors in the order of the text, those without a line first; the last says how many more there are.</summary>
    public IReadOnlyList<Diagnostic> Errors() => InOrder(_errors, _moreErrors, "error");

    /// <summary>The warnings in the order of the text, those without a line first; the last says how many more there are.</summary>
    public IReadOnlyList<Diagnostic> Warnings() => InOrder(_warnings, _moreWarnings, "warning");

    private static Diagnostic At(SourceLocation location, string message) =>
        new(location.File, location.Line, location.Column, OneLine(message));

    private static List<Diagnostic> InOrder(IEnumerable<Diagnostic> diagnostics, int more, string kind)
    {
        List<Diagnostic> ordered =
        [
            .. diagnostics.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column),
        ];
        if (more > 0)
        {
            var last = ordered[^1];
            var message = more == 1 ? $"1 more {kind} is not shown" : $"{more} more {kind}s are not shown";
            ordered.Add(new Diagnostic(last.File, 0, 0, message) { IsWarning = last.IsWarning });
        }

        return ordered;
    }

    private static string OneLine(string message) => ShortText.Cut(Joined(message));

    private static string Joined(string message) =>
        message.AsSpan().IndexOfAny('\r', '\n') < 0 ? message : string.Join(' ', message.Split(['\r', '\n'], Trimmed));

    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
}

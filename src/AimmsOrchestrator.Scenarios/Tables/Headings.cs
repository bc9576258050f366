using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>The columns of a table by position. A column without a heading may only be empty, and is left out.</summary>
internal sealed class Headings(IReadOnlyList<string> written, DiagnosticBag diagnostics)
{
    private readonly HashSet<int> _reported = [];

    /// <summary>The positions of the columns that have a heading, from 0.</summary>
    public IReadOnlyList<int> Positions { get; } =
    [.. Enumerable.Range(0, written.Count).Where(position => written[position].Length > 0)];

    /// <summary>Their headings, in the same order.</summary>
    public IReadOnlyList<string> Names { get; } = [.. written.Where(name => name.Length > 0)];

    /// <summary>Reports a cell with a value below no heading, once per column.</summary>
    /// <param name="position">The cell's column, from 0.</param>
    /// <param name="location">The cell.</param>
    /// <param name="cell">What the file's users call it, such as <c>C7</c>.</param>
    public void Check(int position, SourceLocation location, string cell)
    {
        if ((position >= written.Count || written[position].Length == 0) && _reported.Add(position))
        {
            diagnostics.Add(location, $"{cell} has a value, and its column has no heading");
        }
    }
}

using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>
/// Warns about columns with values of several kinds: a condition such as <c>demand &gt; 15</c> treats a text among numbers
/// otherwise than its author expects. Empty cells are of every kind.
/// </summary>
internal sealed class ColumnKinds(string file)
{
    private const int LongestExample = 30;

    private readonly Dictionary<string, List<Example>> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Example> _rounded = new(StringComparer.Ordinal);

    /// <summary>Takes note of a cell.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="value">The cell's value.</param>
    /// <param name="line">The line or row in the file, from 1.</param>
    public void Add(string column, Value value, int line)
    {
        if (ReferenceEquals(value, Value.Null))
        {
            return;
        }

        if (!_columns.TryGetValue(column, out var examples))
        {
            _columns[column] = examples = [];
        }

        var kind = KindOf(value);
        if (value.IsNumber && NumberRange.IsRounded(value.Text))
        {
            _rounded.TryAdd(column, new Example(kind, value, line));
        }

        foreach (var example in examples)
        {
            if (example.Kind == kind)
            {
                return;
            }
        }

        examples.Add(new Example(kind, value, line));
    }

    /// <summary>
    /// Adds one warning per column of several kinds, at the first cell of its second kind, and one per column of numbers
    /// with more digits than are kept.
    /// </summary>
    public void Warn(DiagnosticBag diagnostics)
    {
        foreach (var (column, number) in _rounded)
        {
            diagnostics.Warn(
                new SourceLocation(file, number.Line, 1),
                $"the column \"{column}\" has {number}, which has more digits than a number keeps: runs that differ in the last ones are one"
            );
        }

        foreach (var (column, examples) in _columns.Where(column => column.Value.Count > 1))
        {
            var (first, second) = (examples[0], examples[1]);
            diagnostics.Warn(
                new SourceLocation(file, second.Line, 1),
                $"the column \"{column}\" has a {second.Kind} here, {second}, and a {first.Kind} in line {first.Line}, {first}"
            );
        }
    }

    private static string KindOf(Value value) =>
        value.IsNumber ? "number"
        : value.IsString ? "text"
        : value.IsComposite ? "list or object"
        : "boolean";

    private sealed record Example(string Kind, Value Value, int Line)
    {
        public override string ToString()
        {
            var json = System.Text.Encoding.UTF8.GetString(Value.Utf8);
            return json.Length <= LongestExample ? json : $"{json.AsSpan(0, LongestExample)}…";
        }
    }
}

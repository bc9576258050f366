using System.Globalization;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports;

/// <summary>The table of runs, filled as they go by a second time.</summary>
/// <param name="frame">The batch.</param>
internal sealed class RunTableBuilder(RunFrame frame)
{
    private readonly FlatReader _parameters = new(frame.Parameters.Select(p => p.Name));
    private readonly FlatReader _results = new(frame.Results.Select(r => r.Name));
    private readonly List<IReadOnlyList<object?>> _rows = [];

    /// <summary>The rows of an even sample that holds certain rows; every row where there are not too many.</summary>
    public static HashSet<int> Sample(int rows, int most, IEnumerable<int> certain)
    {
        if (rows <= most)
        {
            return [.. Enumerable.Range(0, rows)];
        }

        HashSet<int> sample = [.. certain.Take(most)];
        var room = most - sample.Count;
        sample.UnionWith(Enumerable.Range(0, room).Select(i => (int)((long)i * rows / room)));
        return sample;
    }

    public void Add(RunRecord run)
    {
        _parameters.Read(run.ParametersJson);
        _results.Read(run.ResultsJson);
        _rows.Add([
            run.Index,
            Short(run.Name),
            .. _parameters.Values.Select(Cell),
            run.State,
            .. _results.Values.Select(Cell),
            run.QueueTime?.TotalSeconds,
            run.RunTime?.TotalSeconds,
            Short(run.Error?.Message),
        ]);
    }

    public RunTable Table()
    {
        (string Name, ColumnRole Role)[] columns =
        [
            ("index", ColumnRole.Index),
            ("name", ColumnRole.Name),
            .. frame.Parameters.Select(p => (p.Name, ColumnRole.Parameter)),
            ("state", ColumnRole.State),
            .. frame.Results.Select(r => (r.Name, ColumnRole.Result)),
            ("queueTime", ColumnRole.Other),
            ("runTime", ColumnRole.Other),
            ("error", ColumnRole.Other),
        ];
        return new RunTable
        {
            Columns = [.. columns.Select((c, i) => new RunTableColumn(c.Name, c.Role, IsNumeric(i)))],
            Rows = _rows,
            Total = frame.Count,
        };
    }

    private bool IsNumeric(int column) =>
        _rows.Exists(r => r[column] is not null) && _rows.TrueForAll(r => r[column] is null or double or long);

    /// <summary>A whole number as such where it is written so; else a number, or a text cut at 200 characters.</summary>
    private static object? Cell(FlatValue value) =>
        value.Kind != FlatKind.Number ? value.Text
        : long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
        : value.Number;

    private static string? Short(string? text) =>
        text?.Length > FlatReader.LongestText ? text[..(FlatReader.LongestText - 1)] + "…" : text;
}

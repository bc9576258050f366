using System.Globalization;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>
/// Fills the table of runs during the second walk over them: with all runs, or an even sample. A run's size is known only
/// when it is read; if the table grows too large, every second row of the sample is dropped.
/// </summary>
internal sealed class RunTableBuilder
{
    private const double LargestExact = 1L << 53;

    private readonly RunFrame _frame;
    private readonly Baseline? _baseline;
    private readonly List<FrameColumn> _compared;
    private readonly FlatReader _parameters;
    private readonly FlatReader _results;
    private readonly HashSet<int> _telling;
    private readonly int _mostBytes;
    private readonly int _mostRows;
    private readonly List<(int Row, IReadOnlyList<object?> Cells, int Bytes)> _rows = [];
    private double _step;
    private long _bytes;
    private long _bytesOfTelling;

    /// <param name="frame">The batch.</param>
    /// <param name="baseline">The run that each one is compared with; null for no comparison.</param>
    /// <param name="mostRows">The most rows of the table.</param>
    /// <param name="mostBytes">The approximate limit on their size as JSON, in bytes.</param>
    /// <param name="telling">Rows that a sample includes as well, as far as there is room.</param>
    public RunTableBuilder(RunFrame frame, Baseline? baseline, int mostRows, int mostBytes, IEnumerable<int> telling)
    {
        _frame = frame;
        _baseline = baseline;
        _compared = [.. frame.Results.Where(r => baseline?.Has(r.Name) == true)];
        _parameters = new FlatReader(frame.Parameters.Select(p => p.Name));
        _results = new FlatReader(frame.Results.Select(r => r.Name));
        _mostRows = mostRows;
        _mostBytes = mostBytes;
        _telling = frame.Count > mostRows ? [.. telling.Distinct().Take(mostRows)] : [.. telling];
        _step = frame.Count > mostRows ? frame.Count / Math.Max(1.0, mostRows - _telling.Count) : 1;
    }

    /// <summary>A text cut to the length of the table's texts.</summary>
    public static string Short(string text) =>
        text.Length > FlatReader.LongestText ? text[..(FlatReader.LongestText - 1)] + "…" : text;

    /// <summary>The rows to offer; of wide runs the sample drops some of them later.</summary>
    public IEnumerable<int> WantedRows() =>
        Enumerable.Range(0, _frame.Count).Where(row => _telling.Contains(row) || IsWanted(row));

    /// <summary>Adds a run if the sample includes it.</summary>
    public void Offer(int row, RunRecord run)
    {
        var isTelling = _telling.Contains(row);
        if (!isTelling && !IsWanted(row))
        {
            return;
        }

        var cells = Cells(run);
        var bytes = JsonSize.Of(cells);
        if (isTelling)
        {
            // The best runs of very many wide results may exceed the limit by themselves.
            _bytesOfTelling += bytes;
            if (_bytesOfTelling > _mostBytes / 2 && !(_telling.Remove(row) && IsWanted(row)))
            {
                return;
            }
        }

        _rows.Add((row, cells, bytes));
        _bytes += bytes;
        while (_bytes > _mostBytes && _step < _frame.Count)
        {
            _step *= 2;
            _rows.RemoveAll(kept => !_telling.Contains(kept.Row) && !IsWanted(kept.Row));
            _bytes = _rows.Sum(kept => (long)kept.Bytes);
        }
    }

    public RunTable Table()
    {
        List<IReadOnlyList<object?>> rows = [.. _rows.Take(_mostRows).Select(row => row.Cells)];
        var named = new Columns([.. _frame.Parameters.Select(p => p.Name)], [.. _frame.Results.Select(r => r.Name)])
        {
            Baseline = _baseline,
        }.Named(StringComparer.Ordinal);
        (string Name, ColumnRole Role)[] columns =
        [
            ("index", ColumnRole.Index),
            ("name", ColumnRole.Name),
            .. named.Parameters.Select(name => (name, ColumnRole.Parameter)),
            ("state", ColumnRole.State),
            .. named.Results.Select(name => (name, ColumnRole.Result)),
            .. named.Compared.Select(name => (name, ColumnRole.Result)),
            ("queueTime", ColumnRole.Other),
            ("runTime", ColumnRole.Other),
            ("error", ColumnRole.Other),
        ];
        return new RunTable
        {
            Columns = [.. columns.Select((c, i) => new RunTableColumn(c.Name, c.Role, IsNumeric(rows, i)))],
            Rows = rows,
            Total = _frame.Count,
        };
    }

    /// <summary>Whether a row is the first one at or after a multiple of the step.</summary>
    private bool IsWanted(int row) => _step <= 1 || Math.Ceiling(row / _step) * _step < row + 1;

    private object?[] Cells(RunRecord run)
    {
        _parameters.Read(run.ParametersJson);
        _results.Read(run.ResultsJson);
        return
        [
            run.Index,
            Short(run.Name),
            .. _parameters.Values.Select(Cell),
            run.StateText,
            .. _results.Values.Select(Cell),
            .. Compared(),
            run.QueueTime?.TotalSeconds,
            run.RunTime?.TotalSeconds,
            run.Error is { } error ? Short(error.Message) : null,
        ];
    }

    private IEnumerable<object?> Compared()
    {
        for (var i = 0; i < _frame.Results.Count && _compared.Count > 0; i++)
        {
            var name = _frame.Results[i].Name;
            if (_baseline!.Has(name))
            {
                var number = _results.Values[i].Number;
                var (difference, ratio) = double.IsNaN(number) ? default : _baseline.Compare(name, number);
                yield return difference;
                yield return ratio;
            }
        }
    }

    private static bool IsNumeric(List<IReadOnlyList<object?>> rows, int column) =>
        rows.Exists(r => r[column] is not null) && rows.TrueForAll(r => r[column] is null or double or long);

    /// <summary>
    /// A whole number as <see cref="long"/>, or as text if a browser's numbers would lose its last digits; any other number as
    /// <see cref="double"/>; everything else as a text of at most 200 characters.
    /// </summary>
    private static object? Cell(FlatValue value) =>
        value.Kind != FlatKind.Number ? value.Text
        : Math.Abs(value.Number) >= LargestExact && Tables.Cell.LosesDigits(value.Text!, value.Number) ? value.Text
        : long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? (object)whole
        : value.Number;
}

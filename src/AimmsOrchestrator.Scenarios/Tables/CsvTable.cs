using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Values;
using CsvHelper;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>
/// A table in CSV. The first line names the columns; its most frequent character of comma, semicolon and tab is the
/// separator, unless a line such as <c>sep=;</c> before it names one, as Excel writes it. <see cref="CsvColumn"/> says what
/// a cell means.
/// </summary>
internal sealed class CsvTable
{
    private readonly string _file;
    private readonly ReadOnlyMemory<byte> _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly char _separator;
    private readonly int _firstLine = 1;

    private CsvTable(string file, ReadOnlyMemory<byte> text, DiagnosticBag diagnostics)
    {
        (_file, _text, _diagnostics) = (file, text, diagnostics);
        var first = FirstLine(text.Span);
        _separator = Separator(first);
        if (first.Length == 5 && first.StartsWith("sep="u8))
        {
            _separator = (char)first[4];
            _text = text[Math.Min(text.Length, text.Span.IndexOf((byte)'\n') + 1)..];
            _firstLine = 2;
        }
    }

    public static Table? Read(string file, ReadOnlyMemory<byte> bytes, DiagnosticBag diagnostics)
    {
        if (Utf8Text.Read(file, bytes, diagnostics) is not { } text)
        {
            return null;
        }

        var table = new CsvTable(file, text, diagnostics);
        try
        {
            return table.Read();
        }
        catch (CsvFormatException e)
        {
            diagnostics.Add(table.At(e.LineNumber), $"this is not CSV: {e.Message}");
            return null;
        }
    }

    private Table? Read()
    {
        using var header = Open();
        if (!header.Read())
        {
            _diagnostics.Add(At(1), "this file is empty; its first line names the columns");
            return null;
        }

        if (header.FieldCount > Table.MaxColumns)
        {
            _diagnostics.Add(At(1), Table.TooManyColumns);
            return null;
        }

        var written = Record(header).ConvertAll(name => name.Trim());
        var headings = new Headings(written, _diagnostics);
        var columns = written.ConvertAll(name => new CsvColumn(name, _separator));
        var before = _diagnostics.Count;
        Survey(columns, headings);
        columns.ForEach(column => column.Report(_file, _diagnostics));
        return _diagnostics.Count > before ? null : Cells(columns, headings);
    }

    /// <summary>The first reading: checks every record, and shows each column its cells.</summary>
    private void Survey(List<CsvColumn> columns, Headings headings)
    {
        using var reader = Open();
        _ = reader.Read();
        while (reader.Read())
        {
            var location = At(reader.LineNumber);
            if (reader.FieldCount != columns.Count)
            {
                _diagnostics.Add(
                    location,
                    $"{reader.FieldCount} cells in this line, and {columns.Count} columns in the first"
                );
                continue;
            }

            for (var i = 0; i < columns.Count; i++)
            {
                var text = reader.GetString(i);
                columns[i].See(text, location.Line);
                if (!string.IsNullOrWhiteSpace(text))
                {
                    headings.Check(i, location, $"cell {i + 1} of this line");
                }
            }
        }
    }

    /// <summary>The second reading: what each cell means.</summary>
    private Table? Cells(List<CsvColumn> columns, Headings headings)
    {
        var rows = new PackedRows();
        var row = new Value?[headings.Positions.Count];
        var kinds = new ColumnKinds(_file);
        using var reader = Open();
        _ = reader.Read();
        while (reader.Read())
        {
            var line = At(reader.LineNumber).Line;
            for (var i = 0; i < row.Length; i++)
            {
                var value = columns[headings.Positions[i]].Cell(reader.GetString(headings.Positions[i]));
                kinds.Add(headings.Names[i], value, line);
                row[i] = value;
            }

            if (!rows.Add(row))
            {
                _diagnostics.Add(At(reader.LineNumber), Table.TooLarge);
                return null;
            }
        }

        kinds.Warn(_diagnostics);
        return new Table(headings.Names, rows.Complete());
    }

    private CsvReader Open() =>
        CsvReader.Create(
            _text,
            new CsvReaderOptions
            {
                HasHeader = false,
                Separator = _separator,
                TrackLineNumbers = true,
                SkipEmptyLines = true,
                FieldCountMismatch = CsvFieldCountHandling.Allow,
            }
        );

    private SourceLocation At(long line) => new(_file, (int)Math.Max(1, line) + _firstLine - 1, 1);

    private static List<string> Record(CsvReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        return end < 0 ? text : text[..end];
    }

    private static char Separator(ReadOnlySpan<byte> header)
    {
        var (commas, semicolons, tabs) = (header.Count((byte)','), header.Count((byte)';'), header.Count((byte)'\t'));
        return tabs > Math.Max(commas, semicolons) ? '\t'
            : semicolons > commas ? ';'
            : ',';
    }
}

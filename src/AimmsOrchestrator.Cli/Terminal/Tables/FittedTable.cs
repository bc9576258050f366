using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal.Tables;

/// <summary>
/// A table that never breaks a word or a number: it shows the columns of greatest worth that fit, in their order, and
/// says which ones it leaves out.
/// </summary>
internal sealed class FittedTable(IReadOnlyList<FittedColumn> columns)
{
    /// <summary>What a column takes beside its text: a blank on either side and the space to the next one.</summary>
    private const int Gap = 3;

    /// <summary>One answer that is a page long must not push all others off the terminal.</summary>
    private const int WidestCell = 60;

    /// <summary>Prose that is narrower is hard to read, and a longer word in it is cut.</summary>
    private const int LeastProse = 12;
    private const int WidestWord = 30;

    private readonly List<FittedCell[]> _rows = [];

    public void Add(params IEnumerable<FittedCell> cells) =>
        _rows.Add([.. cells.Select((cell, i) => cell with { Text = Whole(cell.Text, i) })]);

    public void Write(IAnsiConsole console)
    {
        var room = console.Profile.Width - 1;
        var least = columns.Select(Least).ToArray();
        var shown = Shown(least, room);
        var widths = Widths(shown, least, room);
        var table = new Table().Border(TableBorder.Simple);
        foreach (var i in shown)
        {
            var column = new TableColumn(new Text(Cut(columns[i].Header.OneLine(), widths[i])))
            {
                Width = widths[i],
                NoWrap = !columns[i].IsProse,
            };
            table.AddColumn(columns[i].IsNumeric ? column.RightAligned() : column);
        }

        foreach (var row in _rows)
        {
            table.AddRow(shown.Select(i => new Text(Fitting(row[i].Text, i, widths[i]), row[i].Style)));
        }

        console.Write(table);
        if (shown.Count < columns.Count)
        {
            var others = columns.Where((_, i) => !shown.Contains(i)).Select(column => column.Header);
            console.Line($"and in a wider terminal: {string.Join(", ", others)}");
        }
    }

    /// <summary>Those that fit, by worth; the one of greatest worth always.</summary>
    private SortedSet<int> Shown(int[] least, int room)
    {
        var shown = new SortedSet<int>();
        foreach (var i in Enumerable.Range(0, columns.Count).OrderByDescending(i => columns[i].Worth))
        {
            if (shown.Count == 0 || least[i] + Gap <= room)
            {
                shown.Add(i);
                room -= least[i] + Gap;
            }
        }

        return shown;
    }

    /// <summary>What is left is shared by the columns of prose, as far as their texts are longer.</summary>
    private int[] Widths(SortedSet<int> shown, int[] least, int room)
    {
        var widths = least.ToArray();
        if (shown.Count == 1)
        {
            widths[shown.Min] = Math.Max(1, Math.Min(widths[shown.Min], room - Gap));
        }

        var spare = room - shown.Sum(i => widths[i] + Gap);
        var growing = shown.Where(i => columns[i].IsProse).OrderBy(i => Natural(i) - widths[i]).ToList();
        for (var n = 0; n < growing.Count && spare > 0; n++)
        {
            var more = Math.Min(Natural(growing[n]) - widths[growing[n]], spare / (growing.Count - n));
            widths[growing[n]] += more;
            spare -= more;
        }

        return widths;
    }

    private int Least(FittedColumn column, int i)
    {
        var natural = Natural(i);
        if (!column.IsProse)
        {
            return natural;
        }

        var words = _rows.SelectMany(row => row[i].Text.Split(' ')).Append(column.Header);
        return Math.Min(natural, Math.Max(LeastProse, Math.Min(WidestWord, words.Max(word => word.GetCellWidth()))));
    }

    private int Natural(int i) =>
        _rows.Select(row => row[i].Text.GetCellWidth()).Append(columns[i].Header.OneLine().GetCellWidth()).Max();

    private string Whole(string text, int i) => columns[i].IsProse ? text.OneLine() : text.OneLine(WidestCell);

    private string Fitting(string text, int i, int width) =>
        columns[i].IsProse ? string.Join(' ', text.Split(' ').Select(word => Cut(word, width))) : Cut(text, width);

    private static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        var length = text.Length;
        while (length > 0 && text[..length].GetCellWidth() > width - 1)
        {
            length--;
        }

        return string.Concat(text.AsSpan(0, length), "…");
    }
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Reports.Frames;

/// <summary>
/// A parameter or a result over all runs: eight bytes per run, and four more once the column has a text. Each text is stored
/// once; a column keeps the first ten thousand different texts apart.
/// </summary>
internal sealed class FrameColumn
{
    private const int MostTexts = 10_000;
    private const int MostSpellings = 10_000;
    private const int NoText = -1;

    private readonly List<double> _numbers;
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<double, string> _spellings = [];
    private readonly List<string> _texts = [];
    private List<int>? _codeOfRow;
    private Levels? _levels;

    /// <param name="name">The column's name.</param>
    /// <param name="rows">The number of earlier runs, which have no value here.</param>
    /// <param name="capacity">The expected number of runs.</param>
    internal FrameColumn(string name, int rows, int capacity)
    {
        Name = name;
        _numbers = Filled(double.NaN, rows, capacity);
    }

    /// <summary>The parameter's or the result's name.</summary>
    public string Name { get; }

    /// <summary>One value per run: finite, or NaN where the run has no number here.</summary>
    public ReadOnlySpan<double> Numbers => CollectionsMarshal.AsSpan(_numbers);

    /// <summary>Whether any run has a number here.</summary>
    public bool HasNumbers { get; private set; }

    /// <summary>Whether there were more different texts than the column keeps apart.</summary>
    internal bool HasOtherTexts => _texts.Count > MostTexts;

    /// <summary>The different values, and which run has which; computed on first use.</summary>
    public Levels Levels => _levels ??= Levels.Of(this);

    internal List<string> Texts => _texts;

    /// <summary>Whether there are no more different values than that; many more cost no time to find out.</summary>
    public bool HasAtMost(int values)
    {
        var different = new HashSet<double>();
        foreach (var number in Numbers)
        {
            if (!double.IsNaN(number) && different.Add(number) && different.Count + _texts.Count > values)
            {
                return false;
            }
        }

        return _texts.Count <= values;
    }

    /// <summary>A number as it was written, such as <c>0.10</c>.</summary>
    public string Spelling(double number) =>
        _spellings.TryGetValue(number, out var text) ? text : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The code of a run's text; -1 where it has none.</summary>
    internal int TextCode(int row) => _codeOfRow is null ? NoText : _codeOfRow[row];

    internal void Add(FlatValue value)
    {
        var isNumber = value.Kind == FlatKind.Number;
        // Negative zero counts as zero.
        _numbers.Add(isNumber ? value.Number + 0.0 : double.NaN);
        HasNumbers |= isNumber;
        if (isNumber)
        {
            Spell(value.Number + 0.0, value.Text!);
            _codeOfRow?.Add(NoText);
        }
        else if (value.Kind == FlatKind.Absent)
        {
            _codeOfRow?.Add(NoText);
        }
        else
        {
            _codeOfRow ??= Filled(NoText, _numbers.Count - 1, _numbers.Capacity);
            _codeOfRow.Add(Code(value.Text!));
        }
    }

    private static List<T> Filled<T>(T value, int count, int capacity)
    {
        var list = new List<T>(Math.Max(count, capacity));
        CollectionsMarshal.SetCount(list, count);
        CollectionsMarshal.AsSpan(list).Fill(value);
        return list;
    }

    /// <summary>Stores a spelling only if it is not the shortest one.</summary>
    private void Spell(double number, string text)
    {
        Span<char> shortest = stackalloc char[40];
        if (
            _spellings.Count < MostSpellings
            && number.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture)
            && !shortest[..length].SequenceEqual(text)
        )
        {
            _spellings.TryAdd(number, text);
        }
    }

    private int Code(string text)
    {
        if (_codes.TryGetValue(text, out var code))
        {
            return code;
        }

        var isRoom = _texts.Count < MostTexts;
        code = isRoom ? _texts.Count : MostTexts;
        if (isRoom)
        {
            _codes.Add(text, code);
            _texts.Add(text);
        }
        else if (_texts.Count == MostTexts)
        {
            _texts.Add("(other texts)");
        }

        return code;
    }
}

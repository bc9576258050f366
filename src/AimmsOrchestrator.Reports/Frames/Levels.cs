namespace AimmsOrchestrator.Reports.Frames;

/// <summary>The different values of a column: the numbers in their order, then the texts as they first appeared.</summary>
internal sealed class Levels
{
    private const int MostFew = 10_000;

    private readonly FrameColumn _column;
    private readonly double[] _numbers;
    private readonly int[] _ofRow;

    private Levels(FrameColumn column, double[] numbers, int[] ofRow)
    {
        _column = column;
        _numbers = numbers;
        _ofRow = ofRow;
    }

    /// <summary>How many there are; a run without a value is at none of them.</summary>
    public int Count => _numbers.Length + _column.Texts.Count;

    /// <summary>Whether every value is a number, and there is one.</summary>
    public bool AreNumbers => _numbers.Length > 0 && _column.Texts.Count == 0;

    /// <summary>The level of each run; -1 where it has no value.</summary>
    public ReadOnlySpan<int> OfRow => _ofRow;

    /// <summary>The level of a value; -2 where no run has it.</summary>
    internal int IndexOf(FlatValue value)
    {
        var level =
            value.Kind == FlatKind.Number ? Array.BinarySearch(_numbers, value.Number)
            : value.Text is { } text && _column.Texts.IndexOf(text) is var code and >= 0 ? _numbers.Length + code
            : -1;
        return level >= 0 ? level : -2;
    }

    /// <summary>A level's number; NaN where it is a text.</summary>
    public double Number(int level) => level < _numbers.Length ? _numbers[level] : double.NaN;

    /// <summary>A level as it was written.</summary>
    public string Label(int level) =>
        level < _numbers.Length ? _column.Spelling(_numbers[level]) : _column.Texts[level - _numbers.Length];

    internal static Levels Of(FrameColumn column)
    {
        var numbers = column.Numbers;
        var distinct = Distinct(numbers);
        var ofRow = new int[numbers.Length];
        for (var row = 0; row < ofRow.Length; row++)
        {
            var code = column.TextCode(row);
            ofRow[row] =
                code >= 0 ? distinct.Length + code
                : double.IsNaN(numbers[row]) ? -1
                : Array.BinarySearch(distinct, numbers[row]);
        }

        return new Levels(column, distinct, ofRow);
    }

    /// <summary>In ascending order. Columns usually have few different numbers, which need no copy of the column.</summary>
    private static double[] Distinct(ReadOnlySpan<double> numbers)
    {
        var few = new HashSet<double>();
        foreach (var number in numbers)
        {
            if (!double.IsNaN(number) && few.Add(number) && few.Count > MostFew)
            {
                return DistinctOfMany(numbers);
            }
        }

        double[] distinct = [.. few];
        Array.Sort(distinct);
        return distinct;
    }

    private static double[] DistinctOfMany(ReadOnlySpan<double> numbers)
    {
        var sorted = numbers.ToArray();
        // NaN comes before every number.
        Array.Sort(sorted);
        var kept = 0;
        foreach (var number in sorted)
        {
            if (!double.IsNaN(number) && (kept == 0 || number > sorted[kept - 1]))
            {
                sorted[kept++] = number;
            }
        }

        return sorted[..kept];
    }
}

using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Reports.Frames;

/// <summary>The combinations of values that runs have in some columns, numbered from 0 in the order of their first runs.</summary>
internal sealed class RowCombinations
{
    private const int None = -1;

    private readonly int[] _ofRow;

    private RowCombinations(int[] ofRow, int count)
    {
        _ofRow = ofRow;
        Count = count;
    }

    /// <summary>How many there are; 1 of no columns.</summary>
    public int Count { get; }

    /// <summary>The combination of each run.</summary>
    public ReadOnlySpan<int> OfRow => _ofRow;

    /// <param name="rows">The number of runs.</param>
    /// <param name="columns">The columns; no value counts as a value.</param>
    public static RowCombinations Of(int rows, IReadOnlyList<FrameColumn> columns) =>
        new RowCombinations(new int[rows], count: 1).With(columns);

    /// <summary>The combinations of these with the values of more columns.</summary>
    public RowCombinations With(IReadOnlyList<FrameColumn> columns) =>
        columns.Count == 0 ? this : Divided([.. _ofRow], _ofRow.Length, columns);

    /// <summary>The combinations of these with the values of more columns, for some runs only.</summary>
    public RowCombinations With(IReadOnlyList<FrameColumn> columns, ReadOnlySpan<int> rows)
    {
        if (columns.Count == 0)
        {
            return this;
        }

        var codes = new int[_ofRow.Length];
        Array.Fill(codes, None);
        foreach (var row in rows)
        {
            codes[row] = _ofRow[row];
        }

        return Divided(codes, rows.Length, columns);
    }

    /// <summary>The combinations of these with one more number per run.</summary>
    public RowCombinations WithNumbers(ReadOnlySpan<int> numbers)
    {
        int[] codes = [.. _ofRow];
        return new RowCombinations(codes, Divide(codes, numbers, Count));
    }

    private RowCombinations Divided(int[] codes, int rows, IReadOnlyList<FrameColumn> columns)
    {
        var count = Count;
        foreach (var column in columns)
        {
            // No value counts as one more.
            var most = Math.Min(rows, count * (column.Levels.Count + 1L));
            count = Divide(codes, column.Levels.OfRow, (int)most);
        }

        return new RowCombinations(codes, count);
    }

    /// <summary>Replaces each code by that of its combination with a number; returns how many combinations there are.</summary>
    private static int Divide(int[] codes, ReadOnlySpan<int> numbers, int capacity)
    {
        var known = new Dictionary<(int, int), int>(capacity);
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] == None)
            {
                continue;
            }

            var key = (codes[row], numbers[row]);
            ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(known, key, out var exists);
            code = exists ? code : known.Count - 1;
            codes[row] = code;
        }

        return known.Count;
    }
}

using System.Numerics;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps.Matrix;

/// <summary>
/// The cells of a product without those that match some patterns, counted and found by index without walking them: in each
/// dimension only the values that a pattern names are distinguished, all others count alike.
/// </summary>
internal sealed class Grid
{
    private readonly IReadOnlyList<ValueList> _dimensions;
    private readonly IReadOnlyList<CellPattern> _excluded;
    private readonly long[] _below;
    private readonly Dictionary<(int Dimension, BigInteger Active), long> _counts = [];

    /// <exception cref="OverflowException">There are more cells than a 64-bit number can count.</exception>
    public Grid(IReadOnlyList<ValueList> dimensions, IReadOnlyList<CellPattern> excluded)
    {
        _dimensions = dimensions;
        _excluded = excluded;
        _below = new long[dimensions.Count + 1];
        _below[dimensions.Count] = 1;
        for (var i = dimensions.Count - 1; i >= 0; i--)
        {
            _below[i] = checked(_below[i + 1] * dimensions[i].Count);
        }

        All = (BigInteger.One << excluded.Count) - 1;
        Size = dimensions.Count == 0 ? 0 : Count(0, All);
    }

    /// <summary>The number of cells that are left.</summary>
    public long Size { get; }

    private BigInteger All { get; }

    /// <summary>Whether any cell that is left matches a pattern.</summary>
    public bool HasAny(CellPattern pattern) => _dimensions.Count > 0 && AnyBelow(0, All, pattern);

    /// <summary>The indices of a cell's values, one per dimension.</summary>
    public void Locate(long cell, Span<long> indices)
    {
        var active = All;
        for (var dimension = 0; dimension < indices.Length; dimension++)
        {
            if (active.IsZero)
            {
                (indices[dimension], cell) = Math.DivRem(cell, _below[dimension + 1]);
                continue;
            }

            (indices[dimension], cell, active) = Step(dimension, active, cell);
        }
    }

    private (long Index, long Cell, BigInteger Active) Step(int dimension, BigInteger active, long cell)
    {
        var elsewhere = Narrow(dimension, active, index: null);
        var each = Count(dimension + 1, elsewhere);
        var next = 0L;
        foreach (var special in Named(dimension, active))
        {
            var before = (special - next) * each;
            if (cell < before)
            {
                break;
            }

            cell -= before;
            var narrowed = Narrow(dimension, active, special);
            var here = Count(dimension + 1, narrowed);
            if (cell < here)
            {
                return (special, cell, narrowed);
            }

            cell -= here;
            next = special + 1;
        }

        return (next + (cell / each), cell % each, elsewhere);
    }

    private long Count(int dimension, BigInteger active)
    {
        if (active.IsZero)
        {
            return _below[dimension];
        }

        if (dimension == _dimensions.Count)
        {
            return 0;
        }

        lock (_counts)
        {
            if (_counts.TryGetValue((dimension, active), out var known))
            {
                return known;
            }
        }

        var named = Named(dimension, active);
        var others = _dimensions[dimension].Count - named.Count;
        var count = others == 0 ? 0 : others * Count(dimension + 1, Narrow(dimension, active, index: null));
        foreach (var index in named)
        {
            count += Count(dimension + 1, Narrow(dimension, active, index));
        }

        lock (_counts)
        {
            return _counts[(dimension, active)] = count;
        }
    }

    private bool AnyBelow(int dimension, BigInteger active, CellPattern pattern)
    {
        if (dimension == _dimensions.Count)
        {
            return active.IsZero;
        }

        if (pattern.Indices[dimension] is { } wanted)
        {
            return wanted.Any(index => AnyBelow(dimension + 1, Narrow(dimension, active, index), pattern));
        }

        var named = Named(dimension, active);
        return (
                named.Count < _dimensions[dimension].Count
                && AnyBelow(dimension + 1, Narrow(dimension, active, index: null), pattern)
            ) || named.Any(index => AnyBelow(dimension + 1, Narrow(dimension, active, index), pattern));
    }

    /// <summary>The indices that the active patterns name, ascending.</summary>
    private List<long> Named(int dimension, BigInteger active) =>
        [
            .. Enumerable
                .Range(0, _excluded.Count)
                .Where(i => !((active >> i) & 1).IsZero && _excluded[i].Indices[dimension] is not null)
                .SelectMany(i => _excluded[i].Indices[dimension]!)
                .Distinct()
                .Order(),
        ];

    /// <summary>The patterns that can still match after a value; null stands for a value that none of them names.</summary>
    private BigInteger Narrow(int dimension, BigInteger active, long? index)
    {
        var narrowed = BigInteger.Zero;
        for (var i = 0; i < _excluded.Count; i++)
        {
            var wanted = _excluded[i].Indices[dimension];
            if (!((active >> i) & 1).IsZero && (wanted is null || (index is { } at && wanted.Contains(at))))
            {
                narrowed |= BigInteger.One << i;
            }
        }

        return narrowed;
    }
}

/// <summary>A set of a grid's cells: per dimension the indices that match, or null where all do.</summary>
internal sealed record CellPattern(IReadOnlyList<IReadOnlyList<long>?> Indices)
{
    public bool Matches(ReadOnlySpan<long> cell)
    {
        for (var i = 0; i < cell.Length; i++)
        {
            if (Indices[i] is { } wanted && !wanted.Contains(cell[i]))
            {
                return false;
            }
        }

        return true;
    }
}

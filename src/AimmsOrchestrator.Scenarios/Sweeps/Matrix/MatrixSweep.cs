using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps.Matrix;

/// <summary>One entry of a matrix's <c>include</c>.</summary>
/// <param name="Pattern">The combinations that it matches.</param>
/// <param name="Values">All of its values.</param>
/// <param name="Extras">Its values for parameters that the matrix itself lacks.</param>
internal sealed record Inclusion(
    CellPattern Pattern,
    IReadOnlyList<(int Slot, Value Value)> Values,
    IReadOnlyList<(int Slot, Value Value)> Extras
);

/// <summary>
/// The product of parameters, in the order written, the last varying fastest; <c>exclude</c> and <c>include</c> as a
/// GitHub Actions matrix has them: exclude first, then each include is added to every combination whose own values it
/// does not contradict (a later one may overwrite values of an earlier one), and one that matches none is a run of its own.
/// </summary>
internal sealed class MatrixSweep : Sweep
{
    private readonly IReadOnlyList<int> _slots;
    private readonly IReadOnlyList<ValueList> _dimensions;
    private readonly Grid _grid;
    private readonly IReadOnlyList<Inclusion> _added;
    private readonly IReadOnlyList<Inclusion> _ownRuns;

    /// <exception cref="OverflowException">There are more points than a 64-bit number can count.</exception>
    public MatrixSweep(
        IReadOnlyList<int> slots,
        IReadOnlyList<ValueList> dimensions,
        IReadOnlyList<CellPattern> excluded,
        IReadOnlyList<Inclusion> included
    )
    {
        _slots = slots;
        _dimensions = dimensions;
        _grid = new Grid(dimensions, excluded);
        var matching = included.ToLookup(inclusion => _grid.HasAny(inclusion.Pattern));
        _added = [.. matching[true]];
        _ownRuns = [.. matching[false]];
        Slots =
        [
            .. slots.Concat(included.SelectMany(inclusion => inclusion.Values).Select(pair => pair.Slot)).Distinct(),
        ];
    }

    public override long Size => checked(_grid.Size + _ownRuns.Count);

    public override IReadOnlyList<int> Slots { get; }

    /// <summary>What <c>include</c> adds to a combination hangs on that, and is no dimension.</summary>
    public override SweepShape Shape => new(DesignForm.Grid, _slots);

    public override bool Varies(int slot)
    {
        var dimension = _slots.ToList().IndexOf(slot);
        if (dimension < 0)
        {
            return Size > 1 && Slots.Contains(slot);
        }

        return _dimensions[dimension].Varies || _ownRuns.Count > 0;
    }

    public override bool Fill(long position, Point point)
    {
        if (position >= _grid.Size)
        {
            Write(_ownRuns[(int)(position - _grid.Size)].Values, point);
            return true;
        }

        Span<long> cell = _slots.Count <= 32 ? stackalloc long[_slots.Count] : new long[_slots.Count];
        _grid.Locate(position, cell);
        for (var i = 0; i < cell.Length; i++)
        {
            point.Values[_slots[i]] = _dimensions[i][cell[i]];
        }

        foreach (var inclusion in _added)
        {
            if (inclusion.Pattern.Matches(cell))
            {
                Write(inclusion.Extras, point);
            }
        }

        return true;
    }

    private static void Write(IReadOnlyList<(int Slot, Value Value)> values, Point point)
    {
        foreach (var (slot, value) in values)
        {
            point.Values[slot] = value;
        }
    }
}

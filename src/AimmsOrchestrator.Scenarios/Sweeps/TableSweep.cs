using AimmsOrchestrator.Scenarios.Tables;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>A column that gives a parameter its values.</summary>
/// <param name="Index">Its position in the table.</param>
/// <param name="Slot">The parameter.</param>
/// <param name="Constant">The command line's value for the whole column; null where it has none.</param>
internal sealed record TableColumn(int Index, int Slot, Value? Constant);

/// <summary>One point per row of a file.</summary>
/// <param name="columns">The columns that give values.</param>
/// <param name="rows">The table's rows.</param>
/// <param name="kept">The rows that are points, in order; null for all.</param>
internal sealed class TableSweep(IReadOnlyList<TableColumn> columns, PackedRows rows, IReadOnlyList<int>? kept) : Sweep
{
    private readonly TableColumn?[] _byIndex = ByIndex(columns);
    private readonly Lazy<HashSet<int>> _varying = new(() => Varying(columns, rows, kept));

    public override long Size => kept?.Count ?? rows.Count;

    public override IReadOnlyList<int> Slots { get; } = [.. columns.Select(column => column.Slot)];

    public override bool Varies(int slot) => _varying.Value.Contains(slot);

    public override bool Fill(long position, Point point)
    {
        Fill(kept is null ? (int)position : kept[(int)position], point.Values);
        return true;
    }

    /// <summary>Writes the values of one row of the table into the slots of its columns.</summary>
    public void Fill(int row, Value?[] values)
    {
        for (var cells = rows[row]; cells.MoveNext(); )
        {
            if (cells.Column < _byIndex.Length && _byIndex[cells.Column] is { } column)
            {
                values[column.Slot] = cells.Value;
            }
        }

        foreach (var column in columns)
        {
            values[column.Slot] = column.Constant ?? values[column.Slot];
        }
    }

    private static TableColumn?[] ByIndex(IReadOnlyList<TableColumn> columns)
    {
        var byIndex = new TableColumn?[columns.Select(column => column.Index + 1).DefaultIfEmpty().Max()];
        foreach (var column in columns.Where(column => column.Constant is null))
        {
            byIndex[column.Index] = column;
        }

        return byIndex;
    }

    /// <summary>The parameters with more than one value, or missing from some rows.</summary>
    private static HashSet<int> Varying(IReadOnlyList<TableColumn> columns, PackedRows rows, IReadOnlyList<int>? kept)
    {
        var size = kept?.Count ?? rows.Count;
        var byIndex = ByIndex(columns);
        var first = new Value?[byIndex.Length];
        var present = new int[byIndex.Length];
        var varying = new HashSet<int>();
        for (var position = 0; position < size; position++)
        {
            for (var cells = rows[kept?[position] ?? position]; cells.MoveNext(); )
            {
                var index = cells.Column;
                if (index >= byIndex.Length || byIndex[index] is not { } column)
                {
                    continue;
                }

                present[index]++;
                var value = first[index] ??= cells.Value;
                if (!value.Utf8.SequenceEqual(cells.Json) && !varying.Contains(column.Slot) && !value.Same(cells.Value))
                {
                    varying.Add(column.Slot);
                }
            }
        }

        varying.UnionWith(
            byIndex.Index().Where(at => at.Item is not null && present[at.Index] < size).Select(at => at.Item!.Slot)
        );
        return varying;
    }
}

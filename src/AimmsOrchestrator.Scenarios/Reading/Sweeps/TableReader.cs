using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Tables;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>Reads <c>sweep.table</c>: one run per row of a file.</summary>
internal sealed class TableReader(SweepReader sweep, SweepContext context)
{
    private const string Block = "table";

    public TableSweep? Read(Node node)
    {
        var diagnostics = context.Diagnostics;
        var before = diagnostics.Count;
        if (Section.Read(node, SweepSchemas.Table, diagnostics) is not { } section)
        {
            return null;
        }

        if (section.Scalar("file") is not { } file)
        {
            section.Require("file", "a .csv, .xlsx or .jsonl file beside the scenario");
            return null;
        }

        if (context.Files.Read(file.Text, out var why) is not { } bytes)
        {
            section.Report("file", why);
            return null;
        }

        var location = SourceLocation.Whole(context.Files.Display(file.Text));
        var table = Table.Read(file.Text, location, bytes, section.Scalar("sheet")?.Text, diagnostics);
        var columns = table is null ? null : Columns(table, section["columns"], location);
        if (table is null || columns is null || diagnostics.Count > before)
        {
            return null;
        }

        var all = new TableSweep(columns, table.Rows, kept: null);
        if (section["where"] is not { } where)
        {
            return all;
        }

        var scope = Scope.Parameters(context.Parameters);
        var expression = context.Expressions.Read("table.where", where, scope, Purpose.Truth);
        var kept = expression is null ? [] : Filter(all, expression);
        return diagnostics.Count > before ? null : new TableSweep(columns, table.Rows, kept);
    }

    private List<TableColumn>? Columns(Table table, Node? renames, SourceLocation location)
    {
        if (renames is not (null or MappingNode))
        {
            context.Diagnostics.Add(
                renames.Location,
                "table.columns is a mapping of the file's columns to parameters, as in { \"Demand (t)\": demand }"
            );
            return null;
        }

        var mapping = renames as MappingNode;
        CheckRenames(table, mapping?.Members ?? [], location);
        var header = new SourceLocation(location.File, 1, 1);
        var columns = new List<TableColumn>();
        for (var index = 0; index < table.Columns.Count; index++)
        {
            var renamed = mapping?.Find(table.Columns[index]) as ScalarNode;
            var key = renamed ?? ScalarNode.String(header, table.Columns[index]);
            if (key.Kind != ScalarKind.Null && sweep.Define(key, Block) is { } slot)
            {
                context.Labels.Add(slot);
                columns.Add(new TableColumn(index, slot, Constant(key)));
            }
        }

        foreach (var same in columns.GroupBy(column => column.Slot).Where(group => group.Skip(1).Any()))
        {
            context.Diagnostics.Add(
                header,
                $"two columns have the same name, \"{context.Parameters.Names[same.Key]}\""
            );
        }

        return columns;
    }

    private void CheckRenames(Table table, IReadOnlyList<Member> renames, SourceLocation location)
    {
        foreach (var unknown in renames.Where(member => !table.Columns.Contains(member.Name)))
        {
            var hint =
                unknown.Value is ScalarNode column && table.Columns.Contains(column.Text)
                    ? $"; write it the other way round: {{ \"{column.Text}\": {unknown.Name} }}"
                    : DidYouMean.Hint(unknown.Name, table.Columns);
            context.Diagnostics.Add(
                unknown.Key.Location,
                $"table.columns: {location} has no column \"{unknown.Name}\"{hint}"
            );
        }
    }

    /// <summary>The command line's value for a whole column; null where it has none.</summary>
    private Value? Constant(ScalarNode key) =>
        sweep.ValuesFor(key, key) is { } given && !ReferenceEquals(given, key)
            ? ValueReader.Single(key.Text, given, context.Diagnostics)
            : null;

    private List<int> Filter(TableSweep rows, Expression where)
    {
        var kept = new List<int>();
        var values = new Value?[context.Parameters.Names.Count];
        for (var row = 0; row < rows.Size; row++)
        {
            Array.Clear(values);
            rows.Fill(row, values);
            using var scope = new RunScope(values, 0);
            var outcome = where.Evaluate(scope);
            if (outcome.Failure is { } why)
            {
                context.Diagnostics.Add(where.Location, $"table.where: {where.Quoted}: {why}");
                return [];
            }

            if (ReferenceEquals(outcome.Value, Value.True))
            {
                kept.Add(row);
            }
        }

        return kept;
    }
}

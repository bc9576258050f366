using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Tables.Workbooks;

/// <summary>A cell of a sheet.</summary>
/// <param name="Row">Its row, from 1.</param>
/// <param name="Column">Its column, from 0.</param>
/// <param name="Value">What it holds; null, the JSON value, where it is empty.</param>
/// <param name="Problem">Why it has no value, to follow its name in a sentence; null where it has one.</param>
internal readonly record struct SheetCell(int Row, int Column, Value Value, string? Problem = null)
{
    public bool IsEmpty =>
        ReferenceEquals(Value, Value.Null) || (Value.IsString && string.IsNullOrWhiteSpace(Value.Text));

    /// <summary>As Excel calls it: <c>B2</c>.</summary>
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Letters(Column)}{Row}");

    /// <summary>The column of a reference such as <c>AB12</c>, from 0; null where it has none.</summary>
    public static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper).Take(4))
        {
            column = (column * 26) + letter - 'A' + 1;
        }

        return column == 0 ? null : column - 1;
    }

    private static string Letters(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : $"{Letters((column / 26) - 1)}{(char)('A' + (column % 26))}";
}

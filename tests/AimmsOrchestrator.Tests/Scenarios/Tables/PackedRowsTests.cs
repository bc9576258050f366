using AimmsOrchestrator.Scenarios.Tables;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Tests.Scenarios.Tables;

public sealed class PackedRowsTests
{
    private static readonly string?[][] Written =
    [
        ["1.0", "\"Málaga\"", "null", "true"],
        [null, null, "false", null],
        [],
        [null, "[1,{\"a\":\"b\"}]", null, "-3e9"],
        [$"\"{new string('x', 20_000)}\""],
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public void Each_row_comes_back_as_it_was_added(int count)
    {
        var rows = new PackedRows();
        for (var i = 0; i < count; i++)
        {
            Assert.True(rows.Add([.. Written[i % Written.Length].Select(Of)]));
        }

        rows.Complete();

        Assert.Equal(count, rows.Count);
        for (var i = count - 1; i >= 0; i--)
        {
            Assert.Equal(Trimmed(Written[i % Written.Length]), Read(rows, i));
        }
    }

    [Fact]
    public void Null_and_the_booleans_are_the_ones_that_conditions_compare_with()
    {
        var rows = new PackedRows();
        rows.Add([Value.Null, Value.True, Value.False]);
        var cells = rows.Complete()[0];

        foreach (var expected in new[] { Value.Null, Value.True, Value.False })
        {
            Assert.True(cells.MoveNext());
            Assert.Same(expected, cells.Value);
        }
    }

    [Fact]
    public void Rows_that_take_too_much_are_refused()
    {
        var rows = new PackedRows();
        Value?[] row = [Value.String(new string('x', 9 << 20))];
        var added = 0;
        while (rows.Add(row))
        {
            added++;
        }

        // 160 MB are full with the 18th.
        Assert.Equal(18, added);
    }

    private static Value? Of(string? json) =>
        json is null ? null : Value.Packed(System.Text.Encoding.UTF8.GetBytes(json));

    private static string?[] Trimmed(string?[] row) => row[..(Array.FindLastIndex(row, cell => cell is not null) + 1)];

    private static string?[] Read(PackedRows rows, int row)
    {
        var read = new List<string?>();
        for (var cells = rows[row]; cells.MoveNext(); )
        {
            read.AddRange(Enumerable.Repeat<string?>(null, cells.Column - read.Count));
            read.Add(System.Text.Encoding.UTF8.GetString(cells.Json));
        }

        return [.. read];
    }
}

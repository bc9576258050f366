namespace AimmsOrchestrator.Reports.Frames;

/// <summary>Selects from long columns without the copies that growing lists make.</summary>
internal static class RowSelection
{
    /// <summary>The rows that fulfil a condition, in order.</summary>
    public static int[] Where(int count, Func<int, bool> isWanted)
    {
        var wanted = 0;
        for (var row = 0; row < count; row++)
        {
            wanted += isWanted(row) ? 1 : 0;
        }

        var rows = new int[wanted];
        for (var (row, next) = (0, 0); next < wanted; row++)
        {
            if (isWanted(row))
            {
                rows[next++] = row;
            }
        }

        return rows;
    }

    /// <summary>The numbers of a column except NaN, in the order of the rows.</summary>
    public static double[] Known(ReadOnlySpan<double> numbers)
    {
        var count = 0;
        foreach (var number in numbers)
        {
            count += double.IsNaN(number) ? 0 : 1;
        }

        var known = new double[count];
        var next = 0;
        foreach (var number in numbers)
        {
            if (!double.IsNaN(number))
            {
                known[next++] = number;
            }
        }

        return known;
    }
}

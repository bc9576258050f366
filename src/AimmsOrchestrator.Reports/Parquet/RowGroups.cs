namespace AimmsOrchestrator.Reports.Parquet;

/// <summary>Splits rows into groups that are written at once: groups of a fixed size, or smaller ones if their texts are long.</summary>
internal static class RowGroups
{
    private const int MostRows = 10_000;
    private const long MostBytesOfText = 32 << 20;

    public static IEnumerable<object?[][]> Of(IEnumerable<object?[]> rows)
    {
        var group = new List<object?[]>(MostRows);
        var bytes = 0L;
        foreach (var row in rows)
        {
            group.Add(row);
            bytes += row.Sum(cell => cell is string text ? sizeof(char) * (long)text.Length : 0);
            if (group.Count < MostRows && bytes < MostBytesOfText)
            {
                continue;
            }

            yield return [.. group];
            group.Clear();
            bytes = 0;
        }

        if (group.Count > 0)
        {
            yield return [.. group];
        }
    }
}

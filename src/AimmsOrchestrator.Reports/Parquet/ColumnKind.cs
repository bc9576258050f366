namespace AimmsOrchestrator.Reports.Parquet;

/// <summary>What the cells of a column hold.</summary>
[Flags]
internal enum ColumnKind
{
    Nothing = 0,
    Whole = 1,
    Real = 2,
    Truth = 4,
    Text = 8,
    Time = 16,

    /// <summary>A whole number that changes when it is converted to a double.</summary>
    Long = 32,
}

internal static class ColumnKinds
{
    private const double LargestExact = 1L << 53;

    /// <summary>The columns whose type does not depend on the runs.</summary>
    public static IReadOnlyDictionary<string, ColumnKind> Known { get; } =
        new Dictionary<string, ColumnKind>(StringComparer.Ordinal)
        {
            ["queueTime"] = ColumnKind.Real,
            ["runTime"] = ColumnKind.Real,
            ["returnCode"] = ColumnKind.Whole,
            ["startedAt"] = ColumnKind.Time,
            ["endedAt"] = ColumnKind.Time,
        };

    /// <summary>The kind of a cell; a number that is not finite is a text here, such as Infinity.</summary>
    public static ColumnKind Of(object? cell) =>
        cell switch
        {
            null => ColumnKind.Nothing,
            long whole when Math.Abs((double)whole) >= LargestExact && whole != (Int128)(double)whole =>
                ColumnKind.Long,
            long => ColumnKind.Whole,
            double => ColumnKind.Real,
            bool => ColumnKind.Truth,
            DateTime => ColumnKind.Time,
            string text when NotFinite(text) is not null => ColumnKind.Real,
            _ => ColumnKind.Text,
        };

    public static double? NotFinite(string text) =>
        text switch
        {
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            "NaN" => double.NaN,
            _ => null,
        };
}

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>How many runs came to each word of a result, over the values of a parameter: stacked bars.</summary>
internal sealed record CountChart : Chart
{
    /// <summary>The parameter's values, in their order.</summary>
    public required Axis X { get; init; }

    /// <summary>One per word, the most frequent first.</summary>
    public required IReadOnlyList<CountSeries> Series { get; init; }
}

/// <summary>The runs that came to one word.</summary>
/// <param name="Name">The word.</param>
/// <param name="Counts">How many of them have each category of the axis.</param>
internal sealed record CountSeries(string Name, IReadOnlyList<long> Counts);

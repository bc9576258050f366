namespace AimmsOrchestrator.Reports.Charts;

/// <summary>A result that is a word over two parameters, both by category: one colour per word.</summary>
internal sealed record WordMap : Chart
{
    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    /// <summary>The words, the most frequent first: the order of their colours, as in a <see cref="CountChart"/>.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>By row (Y), then column (X), the index of the word that all runs of the cell have; null for any other cell.</summary>
    public required IReadOnlyList<IReadOnlyList<int?>> Cells { get; init; }

    /// <summary>The cells whose runs differ, and in what.</summary>
    public IReadOnlyList<MissingCell> Missing { get; init; } = [];
}

using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>One numeric result over the completed runs. Empty and infinite values are counted and left out.</summary>
public sealed record ResultSummary
{
    public required string Result { get; init; }

    /// <summary>The number of finite values; the statistics are over these.</summary>
    public required long Count { get; init; }

    /// <summary>The number of completed runs without a finite number here.</summary>
    public required long Empty { get; init; }

    public double? Minimum { get; init; }

    /// <summary>The lower quartile, as defined in <see cref="Quartiles.Definition"/>.</summary>
    public double? LowerQuartile { get; init; }

    public double? Median { get; init; }

    public double? Mean { get; init; }

    /// <summary>The upper quartile.</summary>
    public double? UpperQuartile { get; init; }

    /// <summary>5 % of the values are at most this.</summary>
    public double? P5 { get; init; }

    public double? P10 { get; init; }

    public double? P90 { get; init; }

    /// <summary>95 % of the values are at most this.</summary>
    public double? P95 { get; init; }

    public double? Maximum { get; init; }

    /// <summary>The base run's value; null where there is none.</summary>
    public double? Base { get; init; }

    /// <summary>Of a sample of random draws: how sure its statistics are; null for any other design, and for few runs.</summary>
    public Confidence? Confidence { get; init; }

    /// <summary>Of a sample (divided by n - 1); null below two values.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>The first run with the least value.</summary>
    public RunLabel? AtMinimum { get; init; }

    /// <summary>The first run with the greatest value.</summary>
    public RunLabel? AtMaximum { get; init; }
}

namespace AimmsOrchestrator.Domain.Results;

/// <summary>What a scenario's author wants drawn: the charts of one result, in their order.</summary>
/// <param name="Subject">A result's name, <see cref="Failures"/> or <see cref="Timeline"/>.</param>
/// <param name="Kinds">The kinds of its charts, of <see cref="AllKinds"/>, in their order; empty for all that suit the sweep.</param>
public sealed record ChartChoice(string Subject, IReadOnlyList<string> Kinds)
{
    /// <summary>The share of failed runs.</summary>
    public const string Failures = "failures";

    /// <summary>When each task waited and ran.</summary>
    public const string Timeline = "timeline";

    /// <summary>The kinds of charts.</summary>
    public static IReadOnlyList<string> AllKinds { get; } =
    [
        "lines",
        "bars",
        "map",
        "tornado",
        "sensitivity",
        "effects",
        "scatter",
        "parallel",
        "distribution",
        "convergence",
        "counts",
    ];
}

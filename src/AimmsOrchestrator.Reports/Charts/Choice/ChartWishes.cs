using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts.Choice;

/// <summary>What a scenario's author wants of the charts.</summary>
/// <param name="Choices">What is drawn, in which order; null where the program chooses.</param>
/// <param name="Thresholds">The values, by result, that are marked.</param>
/// <param name="Baseline">The run that others are compared with; null for none.</param>
internal sealed record ChartWishes(
    IReadOnlyList<ChartChoice>? Choices,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Thresholds,
    Baseline? Baseline
);

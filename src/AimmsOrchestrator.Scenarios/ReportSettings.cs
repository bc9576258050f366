using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Scenarios;

/// <summary>A scenario's <c>report</c>.</summary>
public sealed record ReportSettings
{
    /// <summary>The defaults.</summary>
    public static ReportSettings None { get; } = new();

    /// <summary>The run that others are compared with; null for none.</summary>
    public BaselineRun? Baseline { get; init; }

    /// <summary>The formats of the files to write when the batch has ended.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>The folder of these files; the current one by default.</summary>
    public string Output { get; init; } = ".";

    /// <summary>The difference that counts as none, for rules without a tolerance of their own; 1e-9 of the larger number by default.</summary>
    public Tolerance Tolerance { get; init; } = Tolerance.Default;

    /// <summary>What is drawn, in which order; null where the program chooses, empty for no chart.</summary>
    public IReadOnlyList<ChartChoice>? Charts { get; init; }

    /// <summary>The values, by result, that the report counts the runs above.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Thresholds { get; init; } =
        new Dictionary<string, IReadOnlyList<double>>();
}

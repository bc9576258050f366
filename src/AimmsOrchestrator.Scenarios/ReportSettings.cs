using AimmsOrchestrator.Domain.Expectations;

namespace AimmsOrchestrator.Scenarios;

/// <summary>What a scenario says of its report.</summary>
public sealed record ReportSettings
{
    /// <summary>Nothing.</summary>
    public static ReportSettings None { get; } = new();

    /// <summary>The run that others are compared with; null for none.</summary>
    public BaselineRun? Baseline { get; init; }

    /// <summary>The files to write once the batch is over, by format.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>The folder they go to; the current one by default.</summary>
    public string Output { get; init; } = ".";

    /// <summary>Which difference counts as none, for rules that do not say; 1e-9 of the larger number by default.</summary>
    public Tolerance Tolerance { get; init; } = Tolerance.Default;
}

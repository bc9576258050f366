using System.Text.Json.Serialization;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>What a finding is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingKind>))]
public enum FindingKind
{
    /// <summary>How many runs came to what.</summary>
    Outcome,

    /// <summary>Where something breaks: the parameter values that failed or infeasible runs have in common.</summary>
    Cause,

    /// <summary>A result's least and greatest value, and where they are.</summary>
    Range,

    /// <summary>Which parameters a result depends on.</summary>
    Driver,

    /// <summary>What did not behave: empty results, incumbents, lost answers.</summary>
    Oddity,

    /// <summary>How many results are those of earlier runs.</summary>
    Reuse,

    /// <summary>How a batch differs from another one.</summary>
    Difference,

    /// <summary>How the runs compare with the baseline.</summary>
    Baseline,

    /// <summary>Whether the scenario's expectations hold.</summary>
    Expectation,
}

/// <summary>One sentence that answers a question about the batch, with its figures.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Chart">The id of the chart that shows it; null where none does.</param>
public sealed record Finding(FindingKind Kind, string Text, string? Chart = null);

using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports;

/// <summary>What a report says beside what the runs tell.</summary>
public sealed record ReportContext
{
    /// <summary>The run that results are compared with; null for no comparison.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>More facts about the request: the app, what the command line changed.</summary>
    public IReadOnlyList<ReportFact> Asked { get; init; } = [];

    /// <summary>What the scenario's rules across runs came to, in its order.</summary>
    public IReadOnlyList<ExpectationResult> Expectations { get; init; } = [];

    /// <summary>What is drawn, in which order; null where the program chooses, empty for no chart.</summary>
    public IReadOnlyList<ChartChoice>? Charts { get; init; }

    /// <summary>The values, by result, that the report counts the runs above.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Thresholds { get; init; } =
        new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>How the batches of the report differ, a sentence for each but the first; empty for one batch.</summary>
    public IReadOnlyList<string> Comparisons { get; init; } = [];

    /// <summary>The log of a run's task by the run's index; null where there is none.</summary>
    public Func<long, string?> Log { get; init; } = _ => null;

    /// <summary>
    /// Whether the process makes this report and does nothing else: memory is given back between the walks over many runs then, which
    /// stops every thread for a moment.
    /// </summary>
    public bool HasProcessAlone { get; init; }

    /// <summary>Why a result is empty in every completed run, in words; null where that is not known.</summary>
    public Func<string, string?> WhyEmpty { get; init; } = _ => null;
}

using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>What findings are made from.</summary>
internal sealed record FindingContext
{
    private const int MostSettings = 4;

    private StatusGroups? _status;

    public required RunFrame Frame { get; init; }

    public required SweepDesign Design { get; init; }

    /// <summary>The numeric results, in the scenario's order.</summary>
    public required IReadOnlyList<ResultStatistics> Results { get; init; }

    /// <summary>The failed runs by their message.</summary>
    public required IReadOnlyList<CollectedFailures> Failures { get; init; }

    /// <summary>The name of a row's run; empty where it is not known.</summary>
    public required Func<int, string> Name { get; init; }

    /// <summary>The runs by what they came to.</summary>
    public StatusGroups Status => _status ??= new StatusGroups(Frame);

    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>How the batches of the report differ, in sentences.</summary>
    public IReadOnlyList<string> Comparisons { get; init; } = [];

    public Baseline? Baseline { get; init; }

    public IReadOnlyList<ExpectationResult> Expectations { get; init; } = [];

    /// <summary>The values, by result, that the runs above are counted of.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Thresholds { get; init; } =
        new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>Why a result is empty in every run, in words; null where that is not known.</summary>
    public Func<string, string?> WhyEmpty { get; init; } = _ => null;

    /// <summary>The id of the first chart of a result, of the wanted kinds if there is one; null where it has none.</summary>
    public string? ChartOf(string subject, params ReadOnlySpan<string> kinds)
    {
        var all = Charts.Where(chart => chart.Subject == subject).ToList();
        foreach (var kind in kinds)
        {
            if (all.Find(chart => chart.Id.Contains(kind, StringComparison.Ordinal)) is { } wanted)
            {
                return wanted.Id;
            }
        }

        return all.FirstOrDefault()?.Id;
    }

    /// <summary>A run's settings: its parameters in short, or its own name where its author gave it one.</summary>
    /// <param name="row">The run.</param>
    /// <param name="other">The run that the same sentence names: values that differ between the two have different texts.</param>
    public string Settings(int row, int other)
    {
        var name = Name(row);
        if (name.Length > 0 && !name.Contains('=', StringComparison.Ordinal))
        {
            return name;
        }

        IEnumerable<FrameColumn> all = [.. Design.Parameters, .. Design.Replicates];
        if (Design.Base is { } start)
        {
            // The others are at the base point.
            all = start.Moved(row) is { } moved and >= 0 ? [Design.Parameters[moved]] : [];
        }

        var parts = all.Take(MostSettings + 1)
            .Where(p => p.Levels.OfRow[row] >= 0)
            .Select(p => $"{p.Name} {Wording.Label(p, p.Levels.OfRow[row], Digits(p.Levels))}")
            .ToList();
        return parts.Count > MostSettings ? Wording.Short(name) : string.Join(", ", parts);

        int Digits(Levels levels) =>
            levels.AreNumbers && levels.OfRow[other] is var at and >= 0
                ? Wording.DigitsOf(levels.Number(levels.OfRow[row]), levels.Number(at))
                : Wording.DigitsOf();
    }
}

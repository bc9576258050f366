using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Findings;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports;

/// <summary>What the first walk over the runs has found, before the names of these runs are known.</summary>
/// <param name="frame">The batch.</param>
/// <param name="failures">Its failed runs.</param>
internal sealed class Analysis(RunFrame frame, FailureCollector failures)
{
    private const int MostGroups = 50;
    private const int MostRunsOfGroup = 5;

    private readonly IReadOnlyList<CollectedFailures> _groups = failures.Groups(MostGroups);

    public IReadOnlyList<ResultStatistics> Results { get; } = ResultStatistics.Of(frame);

    /// <summary>The rows that a sample must include: the best of each result, the first of each group of failures.</summary>
    public IEnumerable<int> TellingRows() => Best().Concat(_groups.Select(g => g.Rows[0]));

    /// <summary>The rows whose names the report shows.</summary>
    public IEnumerable<int> NamedRows() => Best().Concat(_groups.SelectMany(g => g.Rows.Take(MostRunsOfGroup)));

    public ReportStatistics Summarize(
        IReadOnlyDictionary<int, string> names,
        SweepDesign design,
        IReadOnlyList<Chart> charts,
        ReportContext context
    )
    {
        var completed = frame.Rows(RunPhase.Completed);
        return new ReportStatistics
        {
            Summaries =
            [
                .. Results.Select(r =>
                    r.Summary(Reference) with
                    {
                        Base = context.Baseline?.Of(r.Result.Name)?.Value,
                        Confidence =
                            design.IsRandom && !r.Spread.IsConstant
                                ? Confidence.Of(frame, r.Result, design.Draws)
                                : null,
                    }
                ),
            ],
            Failures = [.. _groups.Select(Group)],
            Table = CrossTable.Of(frame, design, Results),
            Findings = BatchFindings.Of(
                new FindingContext
                {
                    Frame = frame,
                    Design = design,
                    Results = Results,
                    Failures = _groups,
                    Name = row => names.GetValueOrDefault(row, ""),
                    Charts = charts,
                    Comparisons = context.Comparisons,
                    Baseline = context.Baseline,
                    Expectations = context.Expectations,
                    Thresholds = context.Thresholds,
                    WhyEmpty = context.WhyEmpty,
                }
            ),
        };

        RunLabel Reference(int row) => new(frame.Indexes[row], names.GetValueOrDefault(row, ""));

        FailureGroup Group(CollectedFailures group) =>
            new()
            {
                Message = group.Message,
                Example = group.Example,
                Count = group.Rows.Count,
                Condition = CauseFinder.Find(frame, group.Rows, completed, Chance.MostOfTable)?.Description,
                Log = LogOf(group),
                Runs = [.. group.Rows.Take(MostRunsOfGroup).Select(Reference)],
            };

        LogEnd? LogOf(CollectedFailures group) =>
            group
                .Rows.Take(MostRunsOfGroup)
                .Select(row => frame.Indexes[row])
                .Select(run => context.Log(run) is { Length: > 0 } log ? LogEnd.Of(run, log) : null)
                .FirstOrDefault(log => log is not null);
    }

    private IEnumerable<int> Best() => Results.SelectMany(r => new[] { r.RowOfMinimum, r.RowOfMaximum });
}

using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Comparison;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>
/// Several batches as one: the batch is the first parameter of its runs, so that every chart and statistic sets the batches side
/// by side. The findings begin with how each batch differs from the first.
/// </summary>
/// <param name="reader">The journal.</param>
/// <param name="batches">At least two, in the order in which they are shown.</param>
/// <param name="tolerance">How far apart the results of a run may be and count as the same.</param>
/// <param name="warn">Gets a line about what the report must do without.</param>
public sealed class CombinedReportSource(
    IJournalReader reader,
    IReadOnlyList<BatchRecord> batches,
    Tolerance tolerance,
    Action<string> warn
) : IReportSource
{
    private readonly ReportSource[] _sources = [.. batches.Select(batch => new ReportSource(reader, batch, warn))];
    private Columns? _columns;
    private ReportContents? _contents;
    private ReportStatistics? _statistics;

    public string Title => string.Join(", ", batches.Select(batch => batch.Id.Value));

    public string? Description => null;

    public string? Pause => null;

    public string? Scenario => null;

    public IReadOnlyList<ExpectationResult> Expectations => [];

    public Columns Columns =>
        _columns ??= new Columns(
            [BatchParameter, .. Union(source => source.Columns.Parameters)],
            Union(source => source.Columns.Results)
        );

    public ReportContents Contents =>
        _contents ??= ReportBuilder.Build(Together(), new RunWalk(Runs), Context()) with
        {
            Facts = [.. batches.Zip(_sources).Select(pair => Fact(pair.First, pair.Second))],
        };

    /// <summary>Whether the process makes this report and does nothing else.</summary>
    public bool HasProcessAlone { get; init; }

    public ReportStatistics Statistics =>
        _statistics ??= ReportBuilder.Summarize(Together(), new RunWalk(Runs), Context());

    /// <summary>The column that says which batch a run is of; its name is free among the parameters.</summary>
    private string BatchParameter =>
        batches.Any(batch => batch.ParameterNames.Contains("batch", StringComparer.Ordinal)) ? "batch id" : "batch";

    public IEnumerable<RunRecord> Runs()
    {
        var index = 0L;
        foreach (var (batch, source) in batches.Zip(_sources))
        {
            var member = $"{JsonSerializer.Serialize(BatchParameter)}:{JsonSerializer.Serialize(batch.Id.Value)}";
            foreach (var run in source.Runs())
            {
                var others = run.ParametersJson.AsSpan().Trim()[1..].TrimStart();
                yield return run with
                {
                    Index = index++,
                    Name = $"{batch.Id}: {run.Name}",
                    ParametersJson = $"{{{member}{(others is "}" ? "" : ",")}{others}",
                };
            }
        }
    }

    private string[] Union(Func<ReportSource, IReadOnlyList<string>> names) =>
        [.. _sources.SelectMany(names).Distinct(StringComparer.Ordinal)];

    private ReportContext Context() =>
        new()
        {
            Comparisons = [.. batches.Zip(_sources).Skip(1).Select(pair => Compare(pair.First, pair.Second))],
            HasProcessAlone = HasProcessAlone,
        };

    private string Compare(BatchRecord batch, ReportSource source)
    {
        var summary = new DifferenceSummary(mostKept: 0);
        var comparison = new BatchComparison(batches[0], batch) { Tolerance = tolerance };
        foreach (var run in comparison.Runs(reader, _sources[0].Runs, source.Runs()))
        {
            summary.Add(run);
        }

        return DifferenceSentence.Of(batches[0].Id.Value, batch.Id.Value, summary);
    }

    /// <summary>One batch that has the runs of all.</summary>
    private BatchRecord Together()
    {
        var (forms, first) = (batches.Select(batch => batch.Design?.Form).Distinct().ToList(), batches[0]);
        var parameters = batches.SelectMany(batch => batch.Design?.Parameters ?? []).Distinct(StringComparer.Ordinal);
        var sampled = batches.SelectMany(batch => SampledOf(batch.Design)).Distinct(StringComparer.Ordinal).ToList();
        return first with
        {
            Id = new BatchId(Title),
            Scenario = string.Join(", ", batches.Select(batch => batch.Scenario).Distinct(StringComparer.Ordinal)),
            Description = null,
            RunCount = null,
            ParameterNames = Columns.Parameters,
            ResultNames = Columns.Results,
            Design = new BatchDesign
            {
                Form = forms is [DesignForm.Grid] ? DesignForm.Grid : DesignForm.Listed,
                Parameters = [BatchParameter, .. parameters],
                Sampled = sampled.Count == 0 ? null : sampled,
                Replicates =
                [
                    .. batches.SelectMany(batch => batch.Design?.Replicates ?? []).Distinct(StringComparer.Ordinal),
                ],
                Derived =
                [
                    .. batches.SelectMany(batch => batch.Design?.Derived ?? []).Distinct(StringComparer.Ordinal),
                ],
            },
        };
    }

    /// <summary>A sample of an older version does not state which of its parameters are drawn: all of them count as drawn.</summary>
    private static IReadOnlyList<string> SampledOf(BatchDesign? design) =>
        design?.Sampled ?? (design?.Form == DesignForm.Sample ? design.Parameters : []);

    /// <summary>What one of the batches ran, in a line.</summary>
    private ReportFact Fact(BatchRecord batch, ReportSource source)
    {
        var states = reader.CountByState(batch.Number);
        var lasted = batch.EndedAt - batch.StartedAt - reader.Paused(batch.Number);
        List<string> words =
        [
            $"{Count(batch.RunCount ?? states.Total)} runs",
            .. states[RunState.Completed] is > 0 and var completed
                ? [$"{Count(completed)} completed"]
                : Array.Empty<string>(),
            .. states[RunState.Failed] is > 0 and var failed ? [$"{Count(failed)} failed"] : Array.Empty<string>(),
            .. source
                .Asked()
                .Where(fact => fact.Name is "app" or "command line")
                .Select(fact => $"{fact.Name} {fact.Value}"),
            $"service {batch.ServiceName} {batch.ServiceAddress}",
            .. lasted is { } time ? [$"took {DurationWords.Of(time)}"] : Array.Empty<string>(),
        ];
        return new ReportFact(batch.Id.Value, string.Join("; ", words), At: batch.StartedAt);
    }

    private static string Count(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);
}

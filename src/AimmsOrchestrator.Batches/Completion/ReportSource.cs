using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>What a report is written from: a batch and its runs, read as they are needed.</summary>
/// <param name="reader">The journal.</param>
/// <param name="batch">The batch.</param>
/// <param name="warn">Gets a line about what the report must do without.</param>
public sealed class ReportSource(IJournalReader reader, BatchRecord batch, Action<string> warn) : IReportSource
{
    private readonly Lazy<Scenario?> _scenario = new(() => StoredScenarios.Load(batch, reader));
    private Baseline? _baseline;
    private bool _isBaselineKnown;
    private Columns? _columns;
    private ReportContents? _contents;
    private ReportStatistics? _statistics;
    private ExpectationCheck? _expectations;

    public string Title => batch.Id.Value;

    public string? Description => batch.Description;

    public string? Scenario => ScenarioText.WithoutNotify(reader.Scenario(batch.Number).Source);

    public Columns Columns => _columns ??= FindColumns();

    /// <summary>The contents of a report for people; computed when first needed.</summary>
    public ReportContents Contents =>
        _contents ??= ReportBuilder.Build(batch with { Paused = reader.Paused(batch.Number) }, Walk, Context()) with
        {
            Scenario = Scenario,
        };

    /// <summary>Whether the process makes this report and does nothing else.</summary>
    public bool HasProcessAlone { get; init; }

    /// <summary>Its statistics alone, for formats that draw nothing; computed when first needed.</summary>
    public ReportStatistics Statistics =>
        _statistics ??= _contents is { } known
            ? new ReportStatistics
            {
                Findings = known.Findings,
                Summaries = known.Summaries,
                Table = known.Table,
                Failures = known.Failures,
            }
            : ReportBuilder.Summarize(batch, Walk, Context());

    /// <summary>That a person has paused the batch, in one line; null where it is not paused.</summary>
    public string? Pause => ControlFacts.Pause(batch, reader.Controls(batch.Number));

    /// <summary>Every run in the batch's order, those that have not begun included; each call walks anew.</summary>
    public IEnumerable<RunRecord> Runs() =>
        reader
            .Runs(batch.Number)
            .WithPending(Planned, batch.End == BatchEnd.Cancelled ? RunPhase.Cancelled : RunPhase.Pending);

    private RunWalk Walk => new(Runs) { Some = Runs };

    private IEnumerable<RunRecord> Runs(Predicate<long> wanted) =>
        Planned is null ? reader.Runs(batch.Number, wanted) : Runs().Where(run => wanted(run.Index));

    /// <summary>The results of the scenario's expectations; they are checked once every run has ended.</summary>
    public IReadOnlyList<ExpectationResult> Expectations =>
        (
            _expectations ??= _scenario.Value switch
            {
                null => ExpectationCheck.None,
                { } scenario when batch.End == BatchEnd.AllRunsEnded => ExpectationCheck.Of(
                    scenario,
                    reader,
                    batch.Number
                ),
                { } scenario => ExpectationCheck.Skipped(scenario, "not every run has ended"),
            }
        ).Results;

    /// <summary>Null where every run has begun: the scenario, which takes time to read, is not needed then.</summary>
    private IRunSource? Planned =>
        batch.End == BatchEnd.AllRunsEnded || reader.CountByState(batch.Number).Total == batch.RunCount
            ? null
            : _scenario.Value?.Plan.Runs;

    /// <summary>
    /// What the scenario compares with. Where the base run has not completed, the report is written without a comparison: a
    /// report of an unfinished batch has what there is.
    /// </summary>
    private Baseline? Baseline
    {
        get
        {
            if (!_isBaselineKnown)
            {
                _isBaselineKnown = true;
                _baseline = FindBaseline();
            }

            return _baseline;
        }
    }

    private ReportContext Context() =>
        new()
        {
            Baseline = Baseline,
            Asked = Asked(),
            Expectations = Expectations,
            Charts = _scenario.Value?.Report.Charts,
            Thresholds = _scenario.Value?.Report.Thresholds ?? new Dictionary<string, IReadOnlyList<double>>(),
            Log = run => reader.Log(batch.Number, run)?.Text,
            WhyEmpty = WhyEmpty,
            HasProcessAlone = HasProcessAlone,
        };

    /// <summary>What a response of the batch lacks that an empty result would take from it.</summary>
    private string? WhyEmpty(string result) =>
        _scenario.Value is { } scenario
        && reader.Runs(batch.Number).FirstOrDefault(run => run.Phase == RunPhase.Completed) is { } run
        && ResponseOf(run) is { } response
            ? scenario.WhyEmpty(result, response)
            : null;

    private TaskResponse? ResponseOf(RunRecord run)
    {
        using var copy = new MemoryStream();
        return reader.CopyResponse(batch.Number, run.Index, copy)
            ? new TaskResponse(copy.ToArray(), MediaType: null)
            : null;
    }

    /// <summary>Facts about the request that are not in the batch's own row.</summary>
    internal List<ReportFact> Asked()
    {
        var overrides = StoredScenarios.OverridesOf(reader.Scenario(batch.Number)).ToString();
        var facts = new List<ReportFact>();
        facts.AddRange(_scenario.Value?.App is { } app ? [new ReportFact("app", app)] : []);
        facts.AddRange(overrides.Length > 0 ? [new ReportFact("command line", overrides)] : []);
        facts.AddRange(ControlFacts.Of(batch, reader.Controls(batch.Number)));
        facts.AddRange(reader.Warnings(batch.Number).Select(warning => new ReportFact("warning", warning.Message)));
        return facts;
    }

    private Columns FindColumns()
    {
        var columns = Columns.Of(batch, () => reader.Runs(batch.Number)) with
        {
            Baseline = Baseline,
            HasSessions = reader.HasSessions(batch.Number),
        };
        if (columns.HasMore)
        {
            warn(
                $"{batch.Id}: the first {Columns.MostFoundResults} members of the responses are columns; `results` in the scenario would name others"
            );
        }

        return columns;
    }

    private Baseline? FindBaseline()
    {
        // Batches of older schemas have no design: their scenario is read.
        if ((batch.Design ?? _scenario.Value?.Design)?.Baseline is not { } parameters)
        {
            return null;
        }

        var wanted = new BaselineRun(parameters);
        var found = Baseline.Find(wanted, reader.Runs(batch.Number));
        if (found is null)
        {
            warn($"{batch.Id}: report.baseline: no run with {wanted} has completed; nothing is compared");
        }

        return found;
    }
}

using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;

namespace AimmsOrchestrator.Reports.Frames;

/// <summary>
/// A batch by column, as analysis needs it: about 50 bytes per run, and 8 more for each parameter and result. A row is a run,
/// in the batch's order.
/// </summary>
internal sealed class RunFrame
{
    /// <summary>How many members of the responses are results if the scenario names none.</summary>
    internal const int MostFoundResults = 50;

    private const int MostReserved = 10_000_000;

    private readonly int _capacity;
    private readonly List<long> _indexes;
    private readonly List<RunPhase> _phases;
    private readonly List<byte> _states;
    private readonly List<string> _stateWords = [];
    private readonly List<double> _queueSeconds;
    private readonly List<double> _runSeconds;
    private readonly List<double> _started;
    private readonly List<double> _ended;
    private readonly List<FrameColumn> _parameters;
    private readonly List<FrameColumn> _results;
    private readonly SortedDictionary<string, long> _marks = new(StringComparer.Ordinal);

    private RunFrame(BatchRecord batch)
    {
        Origin = batch.StartedAt;
        // A list that doubles as it grows briefly needs three times its memory.
        _capacity = (int)Math.Clamp(batch.RunCount ?? 0, 0, MostReserved);
        _indexes = new List<long>(_capacity);
        _phases = new List<RunPhase>(_capacity);
        _states = new List<byte>(_capacity);
        _queueSeconds = new List<double>(_capacity);
        _runSeconds = new List<double>(_capacity);
        _started = new List<double>(_capacity);
        _ended = new List<double>(_capacity);
        _parameters = [.. batch.ParameterNames.Select(name => new FrameColumn(name, rows: 0, _capacity))];
        _results = [.. batch.ResultNames.Select(name => new FrameColumn(name, rows: 0, _capacity))];
    }

    /// <summary>How many runs.</summary>
    public int Count => _indexes.Count;

    /// <summary>When the batch began: second 0 of <see cref="Started"/> and <see cref="Ended"/>.</summary>
    public DateTimeOffset Origin { get; }

    public IReadOnlyList<FrameColumn> Parameters => _parameters;

    /// <summary>The scenario's results; where it names none, the first 50 members that the responses have.</summary>
    public IReadOnlyList<FrameColumn> Results => _results;

    /// <summary>Whether the responses have more members than are results here.</summary>
    public bool HasMoreResults { get; private set; }

    /// <summary>Each run's index in the batch.</summary>
    public ReadOnlySpan<long> Indexes => CollectionsMarshal.AsSpan(_indexes);

    public ReadOnlySpan<RunPhase> Phases => CollectionsMarshal.AsSpan(_phases);

    /// <summary>Seconds in the service's queue; NaN where that is not known.</summary>
    public ReadOnlySpan<double> QueueSeconds => CollectionsMarshal.AsSpan(_queueSeconds);

    /// <summary>Seconds the task ran; NaN where that is not known.</summary>
    public ReadOnlySpan<double> RunSeconds => CollectionsMarshal.AsSpan(_runSeconds);

    /// <summary>When the first run was submitted; NaN where the service never had a task.</summary>
    public double FirstStarted { get; private set; } = double.NaN;

    /// <summary>When the run was last submitted; NaN where the service never had a task of it.</summary>
    public ReadOnlySpan<double> Started => CollectionsMarshal.AsSpan(_started);

    /// <summary>When the run ended; NaN until then, and where the service never had a task of it.</summary>
    public ReadOnlySpan<double> Ended => CollectionsMarshal.AsSpan(_ended);

    /// <summary>
    /// How many runs have a mark: <c>incumbent</c>, <c>reused</c>, and the words of <see cref="SettlementVerdict"/>.
    /// </summary>
    public IReadOnlyDictionary<string, long> Marks => _marks;

    /// <summary>The word that reports use for a run's state.</summary>
    public string State(int row) => _stateWords[_states[row]];

    /// <summary>The rows of the runs in a phase, in order.</summary>
    public int[] Rows(RunPhase phase) => RowSelection.Where(Count, row => Phases[row] == phase);

    /// <summary>A result's number per row; NaN for a run that has none, or has not completed.</summary>
    public double[] Completed(FrameColumn result)
    {
        var values = result.Numbers.ToArray();
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = Phases[row] == RunPhase.Completed ? values[row] : double.NaN;
        }

        return values;
    }

    /// <summary>Walks the runs once.</summary>
    /// <param name="batch">Names the columns.</param>
    /// <param name="runs">Its runs; no more than an array can hold.</param>
    /// <param name="onRun">Receives each run and its row.</param>
    public static RunFrame Of(BatchRecord batch, IEnumerable<RunRecord> runs, Action<int, RunRecord>? onRun = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(runs);
        var frame = new RunFrame(batch);
        var parameters = new FlatReader(batch.ParameterNames);
        var results = new FlatReader(batch.ResultNames, batch.ResultNames.Count > 0 ? 0 : MostFoundResults);
        foreach (var run in runs)
        {
            onRun?.Invoke(frame.Count, run);
            frame.Add(frame._parameters, parameters, run.ParametersJson);
            frame.Add(frame._results, results, run.ResultsJson);
            frame.Add(run);
        }

        frame.HasMoreResults = results.HasMore;
        return frame;
    }

    private void Add(List<FrameColumn> columns, FlatReader reader, string? json)
    {
        reader.Read(json);
        for (var i = columns.Count; i < reader.Names.Count; i++)
        {
            columns.Add(new FrameColumn(reader.Names[i], Count, _capacity));
        }

        for (var i = 0; i < columns.Count; i++)
        {
            columns[i].Add(reader.Values[i]);
        }
    }

    private void Add(RunRecord run)
    {
        // A reused answer has the times of the batch that it comes from.
        var isOwn = run.TaskId is not null && run.ReusedFrom is null;
        _indexes.Add(run.Index);
        _phases.Add(run.Phase);
        _states.Add(StateCode(run.State.Word()));
        _queueSeconds.Add(isOwn ? run.QueueTime?.TotalSeconds ?? double.NaN : double.NaN);
        _runSeconds.Add(isOwn ? run.RunTime?.TotalSeconds ?? double.NaN : double.NaN);
        _started.Add(isOwn ? ((run.SubmittedAt ?? run.StartedAt) - Origin).TotalSeconds : double.NaN);
        _ended.Add(isOwn && run.EndedAt is { } end ? (end - Origin).TotalSeconds : double.NaN);
        if (isOwn && !((run.StartedAt - Origin).TotalSeconds >= FirstStarted))
        {
            FirstStarted = (run.StartedAt - Origin).TotalSeconds;
        }

        Mark(run.IsIncumbent, "incumbent");
        Mark(run.ReusedFrom is not null, "reused");
        Mark(run.Settled is not null, run.Settled?.Word() ?? "");
    }

    private void Mark(bool isSo, string word)
    {
        if (isSo)
        {
            _marks[word] = _marks.GetValueOrDefault(word) + 1;
        }
    }

    private byte StateCode(string word)
    {
        var code = _stateWords.IndexOf(word);
        if (code < 0)
        {
            code = _stateWords.Count;
            _stateWords.Add(word);
        }

        return (byte)code;
    }
}

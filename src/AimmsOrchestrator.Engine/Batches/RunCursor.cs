using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>Where a batch goes on: what its journal has of runs that began earlier.</summary>
public sealed record ResumePoint
{
    /// <summary>A batch that nothing has happened to.</summary>
    public static ResumePoint Start { get; } = new();

    /// <summary>The indexes of the runs that have ended, ascending.</summary>
    public IReadOnlyList<long> Ended { get; init; } = [];

    /// <summary>The steps of the runs that have begun and not ended, by index.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<RunEvent>> Unfinished { get; init; } =
        new Dictionary<long, IReadOnlyList<RunEvent>>();

    /// <summary>Whether the service itself began after the batch was left, as the built-in emulator does, and so has none of its tasks.</summary>
    public bool IsServiceNew { get; init; }

    /// <summary>Whether runs that have not begun are left to another drive.</summary>
    public bool IsOnlyBegun { get; init; }

    /// <summary>The runs that have ended, for what is learned from them: streamed, once.</summary>
    public IEnumerable<EarlierRun> Earlier { get; init; } = [];

    /// <summary>The completed runs whose task is still to be removed at the service.</summary>
    public IReadOnlyList<RetainedTask> KeptTasks { get; init; } = [];

    /// <summary>How many runs that have begun stand in each state.</summary>
    public IReadOnlyDictionary<string, long> CountByState { get; init; } =
        new Dictionary<string, long>(StringComparer.Ordinal);
}

/// <summary>A run that ended before this drive.</summary>
/// <param name="Results">Its figures; null where it has none.</param>
/// <param name="QueueTime">In the service's queue; null where that is not known.</param>
/// <param name="RunTime">From start to end; null where that is not known.</param>
public sealed record EarlierRun(RunResults? Results, TimeSpan? QueueTime, TimeSpan? RunTime);

/// <summary>A run to take up next.</summary>
/// <param name="Planned">What it is.</param>
/// <param name="Run">Where it stands.</param>
/// <param name="HasBegun">Whether it was under way before.</param>
internal readonly record struct NextRun(PlannedRun Planned, Run Run, bool HasBegun);

/// <summary>
/// Walks the runs of a batch one at a time, past those that have ended. First come those that the service may have a task of:
/// their places are taken, and what became of a lost submit must be known before another one is made.
/// </summary>
internal sealed class RunCursor : IDisposable
{
    private readonly IRunSource _source;
    private readonly ResumePoint _resume;
    private readonly Queue<(long Index, Run Run)> _first;
    private readonly HashSet<long> _isFirst;
    private readonly Queue<long> _pending;
    private readonly IEnumerator<PlannedRun> _planned;
    private int _endedPassed;

    public RunCursor(IRunSource source, ResumePoint resume)
    {
        _source = source;
        _resume = resume;
        _first = new Queue<(long, Run)>(
            resume
                .Unfinished.Select(pair => (Index: pair.Key, Run: Run.FromEvents(pair.Value)))
                .Where(pair => pair.Run.Phase != RunPhase.Pending)
                .OrderByDescending(pair => pair.Run.Phase.IsUnconfirmed())
                .ThenByDescending(pair => pair.Run.Phase.MayHoldSlot())
                .ThenBy(pair => pair.Index)
        );
        _isFirst = [.. _first.Select(pair => pair.Index)];
        _pending = new Queue<long>(resume.Unfinished.Keys.Where(index => !_isFirst.Contains(index)).Order());
        while (_endedPassed < resume.Ended.Count && resume.Ended[_endedPassed] == _endedPassed)
        {
            _endedPassed++;
        }

        _planned = source.From(_endedPassed).GetEnumerator();
    }

    /// <summary>The next run; null at the end.</summary>
    public NextRun? Next()
    {
        if (_first.TryDequeue(out var first))
        {
            return new NextRun(_source.From(first.Index).First(), first.Run, HasBegun: true);
        }

        return _resume.IsOnlyBegun ? NextBegun() : NextPlanned();
    }

    public void Dispose() => _planned.Dispose();

    private NextRun? NextBegun() =>
        _pending.TryDequeue(out var index)
            ? new NextRun(_source.From(index).First(), Begun(index), HasBegun: true)
            : null;

    private NextRun? NextPlanned()
    {
        while (_planned.MoveNext())
        {
            var planned = _planned.Current;
            if (_endedPassed < _resume.Ended.Count && _resume.Ended[_endedPassed] == planned.Index)
            {
                _endedPassed++;
                continue;
            }

            if (_isFirst.Contains(planned.Index))
            {
                continue;
            }

            return _resume.Unfinished.ContainsKey(planned.Index)
                ? new NextRun(planned, Begun(planned.Index), HasBegun: true)
                : new NextRun(planned, Run.New, HasBegun: false);
        }

        return null;
    }

    private Run Begun(long index) => Run.FromEvents(_resume.Unfinished[index]);
}

using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Rules;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>Walks the runs of a batch one at a time, past those that have ended, in the <see cref="ResumeOrder"/>.</summary>
internal sealed class RunCursor : IDisposable
{
    private readonly IRunSource _source;
    private readonly ResumePoint _resume;
    private readonly Queue<KeyValuePair<long, Run>> _first;
    private readonly HashSet<long> _isFirst;
    private readonly Queue<long> _pending;
    private readonly IEnumerator<PlannedRun> _planned;
    private int _endedPassed;

    public RunCursor(IRunSource source, ResumePoint resume)
    {
        _source = source;
        _resume = resume;
        _first = new(
            ResumeOrder.First(
                resume.Unfinished.Select(pair => KeyValuePair.Create(pair.Key, Run.FromEvents(pair.Value)))
            )
        );
        _isFirst = [.. _first.Select(pair => pair.Key)];
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
            return new NextRun(_source.From(first.Key).First(), first.Value, HasBegun: true);
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
            if (planned.Index >= _resume.Only)
            {
                return null;
            }

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

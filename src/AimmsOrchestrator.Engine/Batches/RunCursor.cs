using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Rules;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>Walks the runs of a batch one at a time, past those that have ended, in the <see cref="ResumeOrder"/>.</summary>
internal sealed class RunCursor : IDisposable
{
    private readonly IRunSource _source;
    private readonly IResultReader _results;
    private readonly ResumePoint _resume;
    private readonly Queue<KeyValuePair<long, Run>> _first;
    private readonly HashSet<long> _isFirst;
    private readonly Queue<long> _pending;
    private readonly IEnumerator<PlannedRun> _planned;
    private int _endedPassed;

    public RunCursor(BatchPlan plan, ResumePoint resume)
    {
        (_source, _results, _resume) = (plan.Runs, plan.Results, resume);
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

        _planned = _source.From(_endedPassed).GetEnumerator();
    }

    /// <summary>Takes the next run for a slot.</summary>
    /// <returns>The run with its key in the result cache, or the end of the runs.</returns>
    public BatchFact Take(PermitId permit)
    {
        if (Next() is not { } next)
        {
            return new BatchFact.SourceEnded(permit);
        }

        CacheKey? key = next.Planned.Key is { } runKey
            ? new CacheKey(runKey, _results.ExtractionKeyOf(next.Planned)) { FormerKey = next.Planned.FormerKey }
            : null;
        return new BatchFact.RunTaken(permit, next, key);
    }

    public void Dispose() => _planned.Dispose();

    private NextRun? Next()
    {
        if (_first.TryDequeue(out var first))
        {
            return new NextRun(_source.From(first.Key).First(), first.Value, HasBegun: true);
        }

        return _resume.IsOnlyBegun ? NextBegun() : NextPlanned();
    }

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

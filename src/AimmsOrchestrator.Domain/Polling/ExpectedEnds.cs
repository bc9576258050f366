using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Domain.Polling;

/// <summary>How many of some running tasks should have ended by a moment, and how late that would then be noticed.</summary>
internal sealed class ExpectedEnds
{
    /// <summary>With more tasks than this, a sample of them stands for all.</summary>
    private const int MostTasks = 48;

    private readonly SurvivalFunction _survival;
    private readonly (double Age, double Alive, double Mean)[] _tasks;
    private readonly double _weight;

    public ExpectedEnds(SurvivalFunction survival, IReadOnlyList<WatchedTask> tasks)
    {
        var step = 1 + ((tasks.Count - 1) / MostTasks);
        _survival = survival;
        _tasks = new (double, double, double)[(tasks.Count + step - 1) / step];
        _weight = _tasks.Length == 0 ? 0 : (double)tasks.Count / _tasks.Length;
        for (var i = 0; i < _tasks.Length; i++)
        {
            var (age, seen) = (tasks[i * step].Age.TotalSeconds, tasks[i * step].SeenRunning.TotalSeconds);
            _tasks[i] = (age, survival.At(seen), survival.RestrictedMean(age));
        }
    }

    /// <summary>By a moment in seconds from now: the expected ends, and their integral from now to then.</summary>
    public (double Ended, double Lateness) By(double wait)
    {
        var (ended, lateness) = (0.0, 0.0);
        foreach (var (age, alive, mean) in _tasks)
        {
            var (survival, until) = _survival.Both(age + wait);
            ended += 1 - (survival / alive);
            lateness += wait - ((until - mean) / alive);
        }

        return (ended * _weight, lateness * _weight);
    }
}

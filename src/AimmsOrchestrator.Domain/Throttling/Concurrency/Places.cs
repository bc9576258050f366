namespace AimmsOrchestrator.Domain.Throttling.Concurrency;

/// <summary>How many places the service has for the batch, judged by the starts of its tasks.</summary>
internal sealed class Places
{
    /// <summary>Starts after a wait that say how many places there are now, and those that are compared with them.</summary>
    private const int Latest = 5;
    private const int Remembered = 10;

    private readonly Queue<StartMeasure> _waits = [];
    private TimeSpan _lastWait = TimeSpan.MinValue;
    private int _freeStarts;
    private int _probed;
    private int _step;

    /// <summary>The number of places; null before a task had to wait.</summary>
    public int? Known => _waits.Count == 0 ? null : Recent.Max(wait => wait.Running);

    /// <summary>The most own tasks that ran together since the last wait, with a place to spare.</summary>
    public int Free { get; private set; }

    /// <summary>Whether there are more places than before: where they are shared, a place that is free for once proves nothing.</summary>
    public bool IsProbing => IsShared ? _freeStarts >= Remembered && Free >= Fair : Free > Known;

    private IEnumerable<StartMeasure> Recent => _waits.Skip(_waits.Count - Latest);

    private int Highest => _waits.Max(wait => wait.Running);

    /// <summary>Whether others have some of the places, now and then: own tasks waited although fewer of them ran than before.</summary>
    private bool IsShared => _waits.Any(wait => wait.MostRunning < Highest);

    private int Fair
    {
        get
        {
            var running = Recent.Select(wait => wait.Running).Order().ToArray();
            var fair = Math.Min(running[running.Length / 2] + 1, Highest);
            return Math.Max(fair, Math.Min(ConcurrencyController.First, Highest));
        }
    }

    /// <summary>A task started.</summary>
    public void Add(StartMeasure start)
    {
        if (start.HasWaited)
        {
            _waits.Enqueue(start);
            if (_waits.Count > Remembered)
            {
                _waits.Dequeue();
            }

            _lastWait = start.At > _lastWait ? start.At : _lastWait;
            (Free, _freeStarts, _probed, _step) = (0, 0, 0, 0);
        }
        else if (start.At > _lastWait)
        {
            Free = Math.Max(Free, start.Running);
            _freeStarts++;
        }
    }

    /// <summary>There are only this number of places left.</summary>
    public void Restart(int places)
    {
        _waits.Clear();
        _waits.Enqueue(new StartMeasure(_lastWait, places, places, HasWaited: true));
        (Free, _freeStarts, _probed, _step) = (0, 0, 0, 0);
    }

    /// <summary>How many tasks keep the places full; where they are shared, not more than there are places, so that others wait no longer.</summary>
    public int Settled(int buffer) => IsShared ? Fair : Known!.Value + buffer;

    /// <summary>A larger number of tasks to try: the steps double while nothing waits.</summary>
    public int Probe(int buffer)
    {
        if (Free > _probed)
        {
            _probed = Free;
            _step = Math.Max(buffer, 2 * _step);
        }

        return Free + _step;
    }
}

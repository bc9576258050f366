using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Polling.Lists;

/// <summary>What experience says of the service's list as a means to notice that tasks have ended: its price, and whether it can be trusted.</summary>
public sealed class ListUse
{
    /// <summary>A list that was this often behind the tasks is not asked again.</summary>
    private const int MostLags = 3;

    /// <summary>The number of tasks in a list that are as much work for the service as a request.</summary>
    private const double TasksPerRequest = 500;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private int _lags;
    private int _faults;
    private int? _pageSize;
    private double _depth = 1;
    private double _size;

    /// <summary>Why the list is not asked any more; null where it is.</summary>
    public string? Refusal { get; private set; }

    /// <summary>After a failure it is not asked before this moment; null where it may be asked at any time.</summary>
    public TimeSpan? UsableAt { get; private set; }

    /// <summary>Whether it may be asked now.</summary>
    public bool IsUsable(TimeSpan now) => Refusal is null && !(now < UsableAt);

    /// <summary>What one walk costs, in requests.</summary>
    /// <param name="watched">How many tasks it is to find.</param>
    public int Requests(int watched) =>
        (int)(
            Math.Max(1, _pageSize is { } page ? Math.Ceiling(watched * _depth / page) : 1) + (_size / TasksPerRequest)
        );

    /// <summary>A walk found what it was after, or came to the end.</summary>
    /// <param name="pages">How many pages it read.</param>
    /// <param name="listed">How many tasks they held.</param>
    /// <param name="deepest">The position of the last task that it was after, from 1.</param>
    /// <param name="watched">How many tasks it was after.</param>
    /// <param name="isPaged">Whether there are more tasks than a page holds.</param>
    public void Walked(int pages, int listed, int deepest, int watched, bool isPaged)
    {
        _faults = 0;
        _size = (double)listed / pages;
        if (isPaged)
        {
            _pageSize = Math.Max(1, listed / pages);
            _depth = Math.Max(1, (double)deepest / Math.Max(1, watched));
        }
    }

    /// <summary>The list was refused or failed. A refusal is for good; after a failure it is asked again later.</summary>
    public void Failed(ServiceFault fault, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (
            fault.Kind
            is FaultKind.WrongRequest
                or FaultKind.Refused
                or FaultKind.Unknown
                or FaultKind.Misdirected
                or FaultKind.Hopeless
                or FaultKind.Unreadable
        )
        {
            Refusal = fault.Message;
            return;
        }

        _faults++;
        var pause = FirstPause * Math.Pow(2, Math.Min(_faults - 1, 10));
        UsableAt = now + (pause < LongestPause ? pause : LongestPause);
    }

    /// <summary>The list still called a task unfinished that had ended before the list was asked.</summary>
    public void Lagged()
    {
        if (++_lags >= MostLags)
        {
            Refusal = "it is behind the tasks";
        }
    }
}

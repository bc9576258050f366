using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Server.Events;

/// <summary>
/// Which ends of batches are to be published now. An end can be in the journal while its batch still has a driver, and can come there
/// after a later one, since clocks differ and are put back. So ends are remembered, and not only the time of the latest. For one
/// thread at a time.
/// </summary>
/// <param name="start">The end that was published last.</param>
internal sealed class EndWatch(EventCursor start)
{
    /// <summary>How much later than it says an end may come to be in the journal.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    /// <summary>Ends that are remembered beyond that delay: where the clock is put back, they are read again.</summary>
    private const int MostRemembered = 10_000;

    private readonly Dictionary<long, DateTimeOffset> _published = [];
    private List<(BatchId Batch, EventCursor End)> _withheld = [];
    private EventCursor _latest = start;
    private DateTimeOffset _lastRound = DateTimeOffset.MaxValue;

    /// <summary>Batches that have ended and may still be at work: each is read again, however long ago its end was.</summary>
    public IEnumerable<BatchId> Withheld => _withheld.Select(withheld => withheld.Batch);

    /// <summary>The moment from which on ends are read, also those from before the clock was put on or back.</summary>
    /// <param name="now">The time.</param>
    public DateTimeOffset ReadFrom(DateTimeOffset now) => (now < _lastRound ? now : _lastRound) - LongestDelay;

    /// <summary>The cursor of a batch's end.</summary>
    /// <param name="batch">A batch that has ended.</param>
    public static EventCursor CursorOf(BatchRecord batch) => new(batch.EndedAt!.Value, batch.Number);

    /// <summary>
    /// Where a listener is that has all that was published: what comes after it includes each end that is withheld. So a listener that
    /// comes back may get an end again, and misses none.
    /// </summary>
    /// <param name="now">The time: an end of a clock that is ahead of it does not hide those that come until then.</param>
    public EventCursor CursorAt(DateTimeOffset now)
    {
        var published = _latest.At > now ? EventCursor.Until(now) : _latest;
        return _withheld.Select(withheld => Before(withheld.End)).Append(published).Min();
    }

    /// <summary>The ends to publish now, the earliest first, each with the cursor of its event.</summary>
    /// <param name="now">The time.</param>
    /// <param name="ended">What ended since <see cref="ReadFrom"/>, and what is <see cref="Withheld"/>; each batch once.</param>
    /// <param name="isOver">Whether no process is at work on a batch that has ended.</param>
    public IReadOnlyList<(BatchRecord Batch, EventCursor Cursor)> Next(
        DateTimeOffset now,
        IEnumerable<BatchRecord> ended,
        Predicate<BatchRecord> isOver
    )
    {
        _lastRound = now;
        var byNumber = ended.ToDictionary(batch => batch.Number);
        Forget(byNumber);

        // A batch that was interrupted is taken up again, and ends later.
        var isNowOver = byNumber
            .Values.Where(batch => batch.End is not (null or BatchEnd.Interrupted) && !IsPublished(batch))
            .OrderBy(CursorOf)
            .ToLookup(batch => isOver(batch));
        _withheld = [.. isNowOver[false].Select(batch => (batch.Id, CursorOf(batch)))];
        List<(BatchRecord Batch, EventCursor Cursor)> next = [];
        foreach (var batch in isNowOver[true])
        {
            var end = CursorOf(batch);
            _published[batch.Number] = end.At;
            _latest = end > _latest ? end : _latest;
            next.Add((batch, CursorAt(now)));
        }

        return next;
    }

    /// <summary>A batch that was resumed since ends at another time.</summary>
    private bool IsPublished(BatchRecord batch) =>
        _published.TryGetValue(batch.Number, out var at) && at == batch.EndedAt;

    private void Forget(Dictionary<long, BatchRecord> read)
    {
        if (_published.Count > MostRemembered)
        {
            foreach (var old in _published.Keys.Except(read.Keys).ToList())
            {
                _published.Remove(old);
            }
        }
    }

    private static EventCursor Before(EventCursor end) => end with { Number = end.Number - 1 };
}

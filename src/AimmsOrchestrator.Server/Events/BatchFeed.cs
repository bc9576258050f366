using System.Diagnostics;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Http;

namespace AimmsOrchestrator.Server.Events;

/// <summary>
/// The events of one batch for all who listen to it: read once, and for at most a tenth of the time, however many they are; for half
/// of it while more runs have ended than a round reads.
/// </summary>
/// <param name="id">The batch.</param>
/// <param name="workspace">Where it lives.</param>
/// <param name="readers">Read its journal.</param>
/// <param name="fleet">Drives it, as a rule.</param>
/// <param name="time">The clock.</param>
internal sealed class BatchFeed(
    BatchId id,
    IWorkspace workspace,
    ReaderPool readers,
    BatchFleet fleet,
    TimeProvider time
) : EventFeed
{
    /// <summary>Runs that are read at a time: of a large batch that takes about as long as to read one.</summary>
    internal const int MostRuns = 2000;
    private const int RestPerRound = 9;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(250);

    /// <summary>By how much the order of ends in the journal may differ from the order of their times.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromMilliseconds(500);

    private EventCursor _cursor;
    private ReadOnlyMemory<byte> _published;

    protected override void Begin() =>
        _cursor = readers.Read(reader =>
            reader.Find(id.Value) is { } known
                ? LastOf(reader, known, IsEnded(known, workspace, fleet))
                : EventCursor.Start
        );

    /// <summary>The runs after the cursor, and once these are all, where the batch stands.</summary>
    protected override EventPage Read(EventCursor? cursor) =>
        readers.Read(reader =>
            reader.Find(id.Value) is { } batch
                ? PageOf(reader, batch, cursor)
                : new EventPage([], cursor ?? EventCursor.Start, HasMore: false)
        );

    protected override async Task PublishAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Fan.Listeners > 0)
        {
            var round = Stopwatch.StartNew();
            var hasMore = readers.Read(reader => Publish(reader));
            if (IsOver)
            {
                return;
            }

            await Task.Delay(RestAfter(round.Elapsed, hasMore), time, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan RestAfter(TimeSpan round, bool hasMore) =>
        hasMore ? round
        : RestPerRound * round > ShortestRest ? RestPerRound * round
        : ShortestRest;

    private EventPage PageOf(IJournalReader reader, BatchRecord batch, EventCursor? cursor)
    {
        var isEnded = IsEnded(batch, workspace, fleet);
        var from = cursor ?? LastOf(reader, batch, isEnded);
        List<EventItem> items = [];
        var hasMore = false;
        if (cursor is not null)
        {
            (items, hasMore) = RunsAfter(reader, batch, from, isEnded);
        }

        var last = items.Count > 0 ? items[^1].Cursor : from;
        if (!hasMore)
        {
            items.Add(isEnded ? EndOf(reader, batch, last) : ProgressOf(reader, batch, last));
        }

        return new EventPage(items, last, hasMore);
    }

    /// <summary>Publishes what is new, of runs no more than are read at a time.</summary>
    /// <returns>Whether there is more.</returns>
    private bool Publish(IJournalReader reader)
    {
        if (reader.Find(id.Value) is not { } batch)
        {
            IsOver = true;
            return false;
        }

        var isEnded = IsEnded(batch, workspace, fleet);
        var (runs, hasMore) = RunsAfter(reader, batch, _cursor, isEnded);
        foreach (var run in runs)
        {
            _cursor = run.Cursor;
            Fan.Publish(run);
        }

        IsOver = isEnded && !hasMore;
        if (IsOver)
        {
            Fan.Publish(EndOf(reader, batch, _cursor));
        }
        else
        {
            PublishChanged(ProgressOf(reader, batch, _cursor));
        }

        return hasMore;
    }

    /// <summary>A batch that the server takes up again, or is cancelling, is not over.</summary>
    internal static bool IsEnded(BatchRecord batch, IWorkspace workspace, BatchFleet fleet) =>
        batch.End is not (null or BatchEnd.Interrupted)
        && !fleet.Cancellations.IsUnderWay(batch.Id)
        && (batch.End == BatchEnd.AllRunsEnded || workspace.HolderOf(batch.Id) is null);

    internal static EventItem EndOf(
        IJournalReader reader,
        BatchRecord batch,
        EventCursor cursor,
        IWorkspace workspace
    ) =>
        EventItem.Of(
            cursor,
            EventItem.End,
            BatchDocument.Of(BatchStatus.Of(batch, reader, workspace)),
            BatchJsonContext.Default.BatchDocument
        );

    private EventItem EndOf(IJournalReader reader, BatchRecord batch, EventCursor cursor) =>
        EndOf(reader, batch, cursor, workspace);

    /// <summary>The run that ended last; where a later one could still come before it, the latest moment for which none can.</summary>
    private EventCursor LastOf(IJournalReader reader, BatchRecord batch, bool isEnded)
    {
        var last = reader.LatestEnded(batch.Number, 1) is [{ EndedAt: { } at, Index: var index }]
            ? new EventCursor(at, index)
            : EventCursor.Start;
        var complete = EventCursor.Until(time.GetUtcNow() - Disorder);
        return isEnded || last < complete ? last : complete;
    }

    /// <summary>
    /// The runs after a cursor, and whether there are more than are read at a time. A run that ended just now waits: another one may
    /// come to be in the journal that ended before it, or in the same millisecond.
    /// </summary>
    private (List<EventItem> Runs, bool HasMore) RunsAfter(
        IJournalReader reader,
        BatchRecord batch,
        EventCursor cursor,
        bool isEnded
    )
    {
        var until = isEnded ? DateTimeOffset.MaxValue : time.GetUtcNow() - Disorder;
        List<EventItem> runs =
        [
            .. reader
                .EndedAfter(batch.Number, cursor.At, cursor.Number, MostRuns)
                .TakeWhile(run => run.EndedAt <= until)
                .Select(run =>
                    EventItem.Of(
                        new EventCursor(run.EndedAt!.Value, run.Index),
                        EventItem.Run,
                        RunDocument.Of(batch.Id.Value, run),
                        ServerJsonContext.Default.RunDocument
                    )
                ),
        ];
        return (runs, runs.Count == MostRuns);
    }

    private void PublishChanged(EventItem progress)
    {
        if (!progress.Bytes.Span.SequenceEqual(_published.Span))
        {
            _published = progress.Bytes;
            Fan.Publish(progress);
        }
    }

    private EventItem ProgressOf(IJournalReader reader, BatchRecord batch, EventCursor cursor)
    {
        var progress = fleet.Host.Find(id)?.Latest ?? Counted(reader, batch);
        var warning = progress.PausedSince is null
            ? null
            : fleet.Quota.WarningOf(batch, reader.Controls(batch.Number), reader);
        return EventItem.Of(
            cursor,
            EventItem.Progress,
            ProgressDocument.Of(
                batch.Id.Value,
                warning is null ? progress : progress with { Warnings = [.. progress.Warnings, warning.Message] }
            ),
            BatchJsonContext.Default.ProgressDocument
        );
    }

    /// <summary>By the journal, where another process drives it or none yet.</summary>
    private BatchProgress Counted(IJournalReader reader, BatchRecord batch)
    {
        var status = BatchStatus.Of(batch, reader, workspace);
        return new BatchProgress
        {
            Total = batch.RunCount,
            CountByState = status.Counts,
            Elapsed = time.GetUtcNow() - batch.StartedAt,
            PausedSince = status.PausedSince,
            Warnings = [.. status.Warnings.Select(warning => warning.Message)],
        };
    }
}

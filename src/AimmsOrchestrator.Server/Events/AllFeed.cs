using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Http;

namespace AimmsOrchestrator.Server.Events;

/// <summary>The progress of the batches that this process drives, and the end of every batch, for all who listen.</summary>
internal sealed class AllFeed(IWorkspace workspace, ReaderPool readers, BatchFleet fleet, TimeProvider time) : EventFeed
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _published = new(StringComparer.Ordinal);

    private EventCursor _cursor;

    protected override void Begin() => _cursor = EventCursor.Until(time.GetUtcNow());

    /// <summary>The ends after a listener's cursor; nothing for one that has none.</summary>
    protected override EventPage Read(EventCursor? cursor)
    {
        List<EventItem> ends = cursor is { } from ? readers.Read(reader => EndsAfter(reader, from)) : [];
        var last = ends.Count > 0 ? ends[^1].Cursor : cursor ?? EventCursor.Until(time.GetUtcNow());
        return new EventPage(ends, last, HasMore: false);
    }

    protected override async Task PublishAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Fan.Listeners > 0)
        {
            var latest = _cursor;
            foreach (var end in readers.Read(reader => EndsAfter(reader, latest)))
            {
                _cursor = end.Cursor;
                Fan.Publish(end);
            }

            PublishProgress(_cursor);
            await Task.Delay(Rest, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void PublishProgress(EventCursor cursor)
    {
        var driven = fleet.Host.Driven;
        foreach (var batch in driven)
        {
            var id = batch.Batch.Id.Value;
            if (batch.Latest is not { } latest)
            {
                continue;
            }

            var item = EventItem.Of(
                cursor,
                EventItem.Progress,
                ProgressDocument.Of(id, latest),
                BatchJsonContext.Default.ProgressDocument
            );
            if (!_published.TryGetValue(id, out var before) || !before.Span.SequenceEqual(item.Bytes.Span))
            {
                _published[id] = item.Bytes;
                Fan.Publish(item);
            }
        }

        foreach (var gone in _published.Keys.Except(driven.Select(batch => batch.Batch.Id.Value)).ToList())
        {
            _published.Remove(gone);
        }
    }

    private List<EventItem> EndsAfter(IJournalReader reader, EventCursor cursor) =>
        [
            .. reader
                .EndedSince(cursor.At - TimeSpan.FromMilliseconds(1))
                .Select(batch => (Batch: batch, Cursor: new EventCursor(batch.EndedAt!.Value, batch.Number)))
                .Where(ended => ended.Cursor > cursor && BatchFeed.IsEnded(ended.Batch, workspace, fleet))
                .Select(ended => BatchFeed.EndOf(reader, ended.Batch, ended.Cursor, workspace)),
        ];
}

using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Hosting;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Http;

namespace AimmsOrchestrator.Server.Events;

/// <summary>The progress of the batches that this process drives, and the end of every batch, for all who listen.</summary>
internal sealed class AllFeed(IWorkspace workspace, ReaderPool readers, BatchFleet fleet, TimeProvider time) : EventFeed
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, Execution> _executions = new(StringComparer.Ordinal);
    private EndWatch _ends = new(EventCursor.Start);

    /// <summary>What has ended by then is known.</summary>
    protected override void Begin()
    {
        _ends = new EndWatch(EventCursor.Until(time.GetUtcNow()));
        readers.Read(reader => NextEnds(reader));
    }

    /// <summary>The ends after a listener's cursor; nothing for one that has none.</summary>
    protected override EventPage Read(EventCursor? cursor) =>
        cursor is { } from
            ? readers.Read(reader => EndsAfter(reader, from))
            : new EventPage([], EventCursor.Until(time.GetUtcNow()), HasMore: false);

    protected override async Task PublishAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Fan.Listeners > 0)
        {
            // Before the journal is read: an end that is there belongs to these executions, or to later ones.
            var driven = fleet.Host.Driven;
            var ends = readers.Read(reader =>
                NextEnds(reader).Select(end => (end.Batch, Item: EndOf(reader, end.Batch, end.Cursor))).ToList()
            );
            ends.ForEach(end => Fan.Publish(end.Item));
            PublishProgress(driven, [.. ends.Select(end => end.Batch.Number)]);
            await Task.Delay(Rest, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void PublishProgress(IReadOnlyList<DrivenBatch> driven, HashSet<long> ended)
    {
        var cursor = _ends.CursorAt(time.GetUtcNow());
        foreach (var batch in driven)
        {
            var id = batch.Batch.Id.Value;
            var execution = ExecutionOf(batch);
            execution.IsOver |= ended.Contains(batch.Batch.Number);
            if (execution.IsOver || batch.Latest is not { } latest)
            {
                continue;
            }

            var item = EventItem.Of(
                cursor,
                EventItem.Progress,
                ProgressDocument.Of(id, latest),
                BatchJsonContext.Default.ProgressDocument
            );
            if (!item.Bytes.Span.SequenceEqual(execution.Published.Span))
            {
                execution.Published = item.Bytes;
                Fan.Publish(item);
            }
        }

        foreach (var gone in _executions.Keys.Except(driven.Select(batch => batch.Batch.Id.Value)).ToList())
        {
            _executions.Remove(gone);
        }
    }

    /// <summary>What is known of a batch's execution; each one has an epoch of its own.</summary>
    private Execution ExecutionOf(DrivenBatch batch)
    {
        var id = batch.Batch.Id.Value;
        if (!_executions.TryGetValue(id, out var execution) || execution.Epoch != batch.Epoch)
        {
            var isOver = readers.Read(reader => reader.Find(id) is { } now && HasEnded(now));
            _executions[id] = execution = new Execution(batch.Epoch) { IsOver = isOver };
        }

        return execution;
    }

    private IReadOnlyList<(BatchRecord Batch, EventCursor Cursor)> NextEnds(IJournalReader reader)
    {
        var withheld = _ends
            .Withheld.Select(id => reader.Find(id.Value) is { } batch && batch.Id == id ? batch : null)
            .OfType<BatchRecord>();
        var ended = reader.EndedSince(_ends.ReadFrom(time.GetUtcNow())).UnionBy(withheld, batch => batch.Number);
        return _ends.Next(time.GetUtcNow(), ended, HasEnded);
    }

    private EventPage EndsAfter(IJournalReader reader, EventCursor cursor)
    {
        var ends = new EndWatch(cursor);
        var ended = reader
            .EndedSince(cursor.At - TimeSpan.FromMilliseconds(1))
            .Where(batch => EndWatch.CursorOf(batch) > cursor);
        var now = time.GetUtcNow();
        var items = ends.Next(now, ended, HasEnded).Select(end => EndOf(reader, end.Batch, end.Cursor)).ToList();
        return new EventPage(items, ends.CursorAt(now), HasMore: false);
    }

    private bool HasEnded(BatchRecord batch) => BatchFeed.IsEnded(batch, workspace, fleet);

    private EventItem EndOf(IJournalReader reader, BatchRecord batch, EventCursor cursor) =>
        BatchFeed.EndOf(reader, batch, cursor, workspace);

    /// <summary>An execution of a batch here.</summary>
    private sealed class Execution(long epoch)
    {
        public long Epoch { get; } = epoch;

        /// <summary>Whether its end is published: the progress of a moment before must not follow it.</summary>
        public bool IsOver { get; set; }

        /// <summary>Its latest progress.</summary>
        public ReadOnlyMemory<byte> Published { get; set; }
    }
}

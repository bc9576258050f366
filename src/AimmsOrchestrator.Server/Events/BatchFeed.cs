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
/// The events of one batch for all who listen to it: read once, and for at most a tenth of the time, however many they are.
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
    private const int MostRuns = 200;
    private const int RestPerRound = 9;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(250);

    private ReadOnlyMemory<byte> _published;

    /// <summary>What a listener that has just come needs: the runs after its cursor, and where the batch stands.</summary>
    public override IReadOnlyList<EventItem> Since(EventCursor? cursor) =>
        readers.Read(reader => reader.Find(id.Value) is { } batch ? Since(reader, batch, cursor) : []);

    public override async Task RunAsync(CancellationToken cancellation)
    {
        var cursor = readers.Read(reader =>
            reader.Find(id.Value) is { } known ? LastOf(reader, known) : EventCursor.Start
        );
        while (!cancellation.IsCancellationRequested && Fan.Listeners > 0)
        {
            var (round, from) = (Stopwatch.StartNew(), cursor);
            cursor = readers.Read(reader => Publish(reader, from));
            if (IsOver)
            {
                return;
            }

            var rest = RestPerRound * round.Elapsed;
            await Task.Delay(rest > ShortestRest ? rest : ShortestRest, time, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<EventItem> Since(IJournalReader reader, BatchRecord batch, EventCursor? cursor)
    {
        var runs = cursor is { } from ? RunsAfter(reader, batch, from) : [];
        var last = runs.Count > 0 ? runs[^1].Cursor : cursor ?? LastOf(reader, batch);
        return IsEnded(batch, workspace, fleet)
            ? [.. runs, EndOf(reader, batch, last)]
            : [.. runs, ProgressOf(reader, batch, last)];
    }

    /// <summary>Publishes what is new since a cursor.</summary>
    /// <returns>The cursor after it.</returns>
    private EventCursor Publish(IJournalReader reader, EventCursor cursor)
    {
        if (reader.Find(id.Value) is not { } batch)
        {
            IsOver = true;
            return cursor;
        }

        IsOver = IsEnded(batch, workspace, fleet);
        foreach (var run in RunsAfter(reader, batch, cursor))
        {
            cursor = run.Cursor;
            Fan.Publish(run);
        }

        if (IsOver)
        {
            Fan.Publish(EndOf(reader, batch, cursor));
        }
        else
        {
            PublishChanged(ProgressOf(reader, batch, cursor));
        }

        return cursor;
    }

    /// <summary>A batch that the server takes up again, or is cancelling, is not over.</summary>
    internal static bool IsEnded(BatchRecord batch, IWorkspace workspace, BatchFleet fleet) =>
        batch.End is not (null or BatchEnd.Interrupted)
        && !fleet.IsCancelling(batch.Id)
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

    private static EventCursor LastOf(IJournalReader reader, BatchRecord batch) =>
        reader.LatestEnded(batch.Number, 1) is [{ EndedAt: { } at, Index: var index }]
            ? new EventCursor(at, index)
            : EventCursor.Start;

    private static List<EventItem> RunsAfter(IJournalReader reader, BatchRecord batch, EventCursor cursor) =>
        [
            .. reader
                .LatestEnded(batch.Number, MostRuns)
                .Select(run => (Run: run, Cursor: new EventCursor(run.EndedAt!.Value, run.Index)))
                .Where(ended => ended.Cursor > cursor)
                .Select(ended =>
                    EventItem.Of(
                        ended.Cursor,
                        EventItem.Run,
                        RunDocument.Of(batch.Id.Value, ended.Run),
                        ServerJsonContext.Default.RunDocument
                    )
                ),
        ];

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

using System.Text;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Events;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Http;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Server.Events;

/// <summary>What listeners get, whenever they come and however fast they are.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private readonly ServerRoom _room = new();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private BatchFleet Fleet => _room.Server.Part<BatchFleet>();

    private ReaderPool Readers => _room.Server.Part<ReaderPool>();

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_run_that_ends_after_a_listeners_first_events_and_before_the_feeds_first_round_is_published()
    {
        using var batch = await DrivenElsewhere.BeginAsync(_room.Workspace, "far");
        var feed = FeedOf(batch);
        var listener = feed.Fan.Subscribe();
        Assert.Equal(["progress"], feed.Since(cursor: null).Items.Select(item => item.Type));

        await batch.FailAsync(1, Now);
        await batch.EndAsync(BatchEnd.AllRunsEnded, Now);
        await feed.RunAsync(CancellationToken.None);

        Assert.Equal(["run", "end"], listener.Take().Items.Select(item => item.Type));
    }

    [Fact]
    public async Task A_round_and_an_absence_may_have_more_runs_than_are_read_at_a_time()
    {
        const int Count = BatchFeed.MostRuns + 1;
        using var batch = await DrivenElsewhere.BeginAsync(_room.Workspace, "far");
        var feed = FeedOf(batch);
        var listener = feed.Fan.Subscribe();
        feed.Since(cursor: null);
        await batch.FailAsync(Count, Now);
        await batch.EndAsync(BatchEnd.AllRunsEnded, Now);

        await feed.RunAsync(CancellationToken.None);
        var (published, hasMissed) = listener.Take();
        var backlog = await ServerRoom.EventsAsync(_room.Client, batch.Batch.Id.Value, last: "0-0").ToListAsync();

        Assert.False(hasMissed);
        Assert.Equal(Enumerable.Range(0, Count), published.Where(IsRun).Select(item => (int)item.Cursor.Number));
        Assert.Equal("end", published[^1].Type);
        Assert.Equal(
            Enumerable.Range(0, Count),
            backlog.Where(item => item.Type == "run").Select(item => (int)item.Data["index"]!)
        );
        Assert.Equal("end", backlog[^1].Type);

        static bool IsRun(EventItem item) => item.Type == EventItem.Run;
    }

    [Fact]
    public async Task A_client_that_reads_late_gets_every_run_once()
    {
        const int Count = 3 * EventListener.MostWaiting;
        using var batch = await DrivenElsewhere.BeginAsync(_room.Workspace, "far");
        var id = batch.Batch.Id.Value;
        using var late = await _room.Client.GetAsync(
            new Uri($"/api/batches/{id}/events", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead
        );
        await batch.FailAsync(Count, Now);
        await batch.EndAsync(BatchEnd.AllRunsEnded, Now);
        await ServerRoom.EventsAsync(_room.Client, id, last: "0-0").LastAsync();

        var events = await ServerRoom.EventsOfAsync(late).ToListAsync();

        Assert.Equal(
            Enumerable.Range(0, Count),
            events.Where(item => item.Type == "run").Select(item => (int)item.Data["index"]!)
        );
        Assert.Equal("end", events[^1].Type);
    }

    [Fact]
    public async Task An_end_that_waited_for_its_driver_reaches_those_who_listen_and_those_who_come_back()
    {
        using var slow = await DrivenElsewhere.BeginAsync(_room.Workspace, "slow");
        await slow.EndAsync(BatchEnd.FailureBudget, Now);
        await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0));
        List<string> ends = [];
        var place = "";

        await foreach (var (type, data, id) in ServerRoom.EventsAsync(_room.Client, batch: null, last: "0-0"))
        {
            if (type == "end")
            {
                ends.Add((string)data["batch"]!);
                if (ends.Count == 2)
                {
                    break;
                }

                place = id;
                slow.Leave();
            }
        }

        var missed = await ServerRoom
            .EventsAsync(_room.Client, batch: null, place)
            .FirstAsync(item => item.Type == "end");
        Assert.Equal("nap-1, slow-1", string.Join(", ", ends));
        Assert.Equal("slow-1", (string?)missed.Data["batch"]);
    }

    [Fact]
    public async Task No_progress_of_a_batch_follows_its_end_until_a_later_execution()
    {
        using var taken = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(3600));
        var driven = Assert.Single(Fleet.Host.Driven);
        using var other = await DrivenElsewhere.BeginAsync(_room.Workspace, "other");
        var feed = new AllFeed(_room.Workspace, Readers, Fleet, TimeProvider.System);
        using var stopping = new CancellationTokenSource();
        var listener = feed.Fan.Subscribe();
        var running = feed.RunAsync(stopping.Token);
        List<EventItem> seen = [];
        await UntilAsync(() => seen.Exists(item => Is(item, EventItem.Progress, "nap-1")));

        // It is driven on, as while the logs of its failed tasks are read.
        using var writer = _room.Workspace.OpenWriter();
        await writer.AppendAsync([
            new BatchEnded(driven.Batch.Number, BatchEnd.AllRunsEnded, Reason: null, Now) { Epoch = driven.Epoch },
        ]);
        await UntilAsync(() => seen.Exists(item => Is(item, EventItem.End, "nap-1")));
        await other.EndAsync(BatchEnd.AllRunsEnded, Now);
        await UntilAsync(() => seen.Exists(item => Is(item, EventItem.End, "other-1")));

        var end = seen.FindIndex(item => Is(item, EventItem.End, "nap-1"));
        Assert.DoesNotContain(seen.Skip(end), item => Is(item, EventItem.Progress, "nap-1"));
        driven.Leave();
        await driven.Ended;
        await Fleet.ResumeAsync(driven.Batch);
        await UntilAsync(() => seen.FindLastIndex(item => Is(item, EventItem.Progress, "nap-1")) > end);
        await stopping.CancelAsync();
        await running;

        async Task UntilAsync(Func<bool> isThere)
        {
            using var patience = new CancellationTokenSource(Waiting.Patience);
            while (!isThere())
            {
                await listener.WaitAsync(patience.Token);
                seen.AddRange(listener.Take().Items);
            }
        }
    }

    private BatchFeed FeedOf(DrivenElsewhere batch) =>
        new(batch.Batch.Id, _room.Workspace, Readers, Fleet, TimeProvider.System);

    private static bool Is(EventItem item, string type, string batch) =>
        item.Type == type
        && Encoding.UTF8.GetString(item.Bytes.Span).Contains($"\"batch\":\"{batch}\"", StringComparison.Ordinal);
}

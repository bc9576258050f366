using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Server;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Schedules;
using AimmsOrchestrator.Server.Settings;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>What the recipients of a scenario's <c>notify</c> get from a server: it is Friday, 2026-11-27, 12:00 UTC.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework awaits DisposeAsync.")]
public sealed class NotificationTests : IAsyncLifetime
{
    private const string Allow = "allow: { notify: true }\n";

    private readonly MovableTime _time = new(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
    private readonly LogLines _log = new();
    private readonly ServerRoom _room;

    public NotificationTests() =>
        _room = new ServerRoom { Time = _time, Logging = logging => logging.AddProvider(_log) };

    private BatchFleet Fleet => _room.Server.Part<BatchFleet>();

    public async Task InitializeAsync()
    {
        await _room.InitializeAsync();
        await _room.StopAsync();
        await _room.StartAsync(Allow);
    }

    public async Task DisposeAsync()
    {
        await _room.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task A_batch_that_ends_at_a_server_is_news_once_with_the_document_of_the_command_line()
    {
        await using var recipient = await Recipient.StartAsync();

        var id = await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0) + Notify(recipient));
        var news = await recipient.NextAsync();
        await _room.StopAsync();

        Assert.True(recipient.HasAll);
        Assert.Equal(("nap-1", "nap-1: 3 completed"), ((string?)news["batch"], (string?)news["text"]));
        Assert.Equal(("completed", "all-runs-ended"), ((string?)news["cause"], (string?)news["end"]));
        Assert.Equal((3, 0, 0), ((int)news["completed"]!, (int)news["failed"]!, (int)news["exitCode"]!));
        Assert.NotNull((string?)news["finding"]);
        Assert.Null(news["report"]);
        using var reader = _room.Workspace.OpenReader();
        var result = BatchResult.OfEnded(scenario: null, reader.Find(id)!, reader);
        var expected = JsonNode.Parse(BatchNotification.Of(result, reader).ToJson())!;
        Assert.Equal(expected.ToJsonString(), news.ToJsonString());
    }

    [Fact]
    public async Task A_recipient_gets_the_causes_that_it_wants_and_a_retry_is_another_end()
    {
        await using var failures = await Recipient.StartAsync();
        await using var successes = await Recipient.StartAsync();
        var scenario =
            ServerRoom.Nap(0)
            + "\nsuccess: n != 1\nnotify:\n"
            + $"- {{ post: \"{failures.Address}\", on: [failed] }}\n"
            + $"- {{ post: \"{successes.Address}\", on: [completed] }}\n";

        var id = await ServerRoom.FinishAsync(_room.Client, scenario);
        var first = await failures.NextAsync();
        using (var retried = await PostAsync($"/api/batches/{id}/retry?notSuccess=true"))
        {
            retried.EnsureSuccessStatusCode();
        }

        var second = await failures.NextAsync();
        await _room.StopAsync();

        Assert.Equal(("failed", 1, 1), CauseOf(first));
        Assert.Equal(("failed", 1, 1), CauseOf(second));
        Assert.True(failures.HasAll);
        Assert.True(successes.HasAll);

        static (string?, int, int) CauseOf(JsonNode news) =>
            ((string?)news["cause"], (int)news["failed"]!, (int)news["exitCode"]!);
    }

    [Fact]
    public async Task The_stop_of_a_server_is_no_end_and_a_cancellation_after_its_restart_is_one()
    {
        await using var recipient = await Recipient.StartAsync();
        await BeginAsync(ServerRoom.Nap(3600) + Notify(recipient, "[interrupted, stopped]"));

        await _room.StopAsync();
        Assert.True(recipient.HasAll);
        await _room.StartAsync(Allow);
        await CancelAsync();

        var news = await recipient.NextAsync();
        await _room.StopAsync();
        Assert.Equal(
            ("stopped", "cancelled", 3),
            ((string?)news["cause"], (string?)news["end"], (int)news["exitCode"]!)
        );
        Assert.True(recipient.HasAll);
    }

    [Fact]
    public async Task Where_the_configuration_allows_it_no_more_nothing_is_sent_and_the_log_says_so()
    {
        await using var recipient = await Recipient.StartAsync();
        await BeginAsync(ServerRoom.Nap(3600) + Notify(recipient));
        await _room.StopAsync();
        await _room.StartAsync();

        await CancelAsync();
        await _room.StopAsync();

        Assert.True(recipient.HasAll);
        Assert.Contains(
            "Warning nap-1: notify: no recipient is notified: server.yaml has no allow: { notify: true }",
            _log.All
        );
    }

    [Fact]
    public async Task A_batch_that_a_schedule_began_is_news_as_well()
    {
        await using var recipient = await Recipient.StartAsync();
        var scenario = ServerRoom.Nap(0) + "\nschedule: { cron: \"0 19 * * MON-FRI\" }" + Notify(recipient);
        using (var kept = await ServerRoom.PostAsync(_room.Client, scenario))
        {
            kept.EnsureSuccessStatusCode();
        }

        _time.Advance(TimeSpan.FromHours(8));
        await _room.Server.Part<ScheduleClock>().BeginDueAsync();

        var news = await recipient.NextAsync();
        Assert.Equal(("nap-1", "completed"), ((string?)news["batch"], (string?)news["cause"]));
    }

    [Fact]
    public async Task Of_two_servers_at_one_workspace_the_one_that_drove_the_batch_sends()
    {
        await using var recipient = await Recipient.StartAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("server.yaml", $"services: {{ dev: {{ url: \"{_room.Service.Address}\" }} }}\n{Allow}");
        var (settings, errors) = ServerSettingsLoader.Load(file, _ => null);
        Assert.Empty(errors);
        var options = new ServerOptions(new Uri("http://127.0.0.1:0"), _room.Workspace, settings!, "1.0");
        await using var other = await ServerHost.StartAsync(options, _time);

        await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0) + Notify(recipient));
        await recipient.NextAsync();
        await other.StopAsync();
        await _room.StopAsync();

        Assert.True(recipient.HasAll);
    }

    [Fact]
    public async Task What_a_recipient_refuses_is_a_warning_in_the_log()
    {
        await using var recipient = await Recipient.StartAsync(status: 403);
        var scenario = ServerRoom.Nap(0) + $"\nnotify:\n- post: \"{recipient.Address}\"\n- run: [sh, -c, exit 3]\n";

        var id = await ServerRoom.FinishAsync(_room.Client, scenario);
        // The stop waits for half a minute at most.
        await Waiting.UntilAsync(() => _log.All.Any(line => line.Contains("notify[1]", StringComparison.Ordinal)));
        await _room.StopAsync();

        Assert.Contains($"Warning {id}: notify[0]: the address answered 403", _log.All);
        Assert.Contains($"Warning {id}: notify[1]: the command ended with 3", _log.All);
    }

    [Fact]
    public async Task A_stop_waits_until_a_recipient_has_answered()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var recipient = await Recipient.StartAsync(answered: answered.Task);
        await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0) + Notify(recipient));
        await recipient.NextAsync();

        var stopping = _room.Server.Part<EndNotifications>().StopAsync();
        Assert.False(stopping.IsCompleted);
        answered.SetResult();

        await stopping.WaitAsync(Waiting.Patience);
        Assert.DoesNotContain(_log.All, line => line.StartsWith("Warning nap-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_waits_for_half_a_minute_at_most()
    {
        await using var recipient = await Recipient.StartAsync();
        await BeginAsync(ServerRoom.Nap(3600) + Notify(recipient));
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(_log));
        var (time, log) = (new FakeTimeProvider(), logging.CreateLogger<EndNotifications>());
        var notifications = new EndNotifications(_room.Server.Part<ServerOptions>(), time, log);
        notifications.Follow(Assert.Single(Fleet.Host.Driven));

        var stopping = notifications.StopAsync();
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(stopping.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        await stopping.WaitAsync(Waiting.Patience);
        Assert.Contains("Warning nap-1: notify: the server ends before every recipient has answered", _log.All);
    }

    [Theory]
    [InlineData(BatchEnd.AllRunsEnded, true)]
    [InlineData(BatchEnd.Interrupted, false)]
    [InlineData(BatchEnd.Cancelled, true)]
    [InlineData(BatchEnd.FailureBudget, true)]
    [InlineData(BatchEnd.Retried, true)]
    [InlineData(BatchEnd.Deadline, true)]
    [InlineData(BatchEnd.StopRule, true)]
    [InlineData(BatchEnd.ServiceRefused, true)]
    [InlineData(BatchEnd.JournalLost, false)]
    [InlineData(BatchEnd.Bug, false)]
    public void What_a_server_continues_by_itself_is_no_news(BatchEnd end, bool isNews) =>
        Assert.Equal(isNews, EndNotifications.IsNews(end));

    private static string Notify(Recipient recipient, string on = "[completed, failed, stopped]") =>
        $"\nnotify: {{ post: \"{recipient.Address}\", on: {on} }}\n";

    /// <summary>Submits a batch of three tasks, all of which have begun.</summary>
    private async Task BeginAsync(string scenario)
    {
        using var taken = await ServerRoom.PostAsync(_room.Client, scenario);
        taken.EnsureSuccessStatusCode();
        await ServerRoom.EventsAsync(_room.Client, "nap-1").FirstAsync(item => ServerRoom.UnderWay(item.Data) == 3);
    }

    /// <summary>Cancels the batch that the server has taken up.</summary>
    private async Task CancelAsync()
    {
        await _room.ReadyAsync();
        var driven = Assert.Single(Fleet.Host.Driven);
        using var cancelled = await PostAsync($"/api/batches/{driven.Batch.Id}/cancel");
        cancelled.EnsureSuccessStatusCode();
        await Fleet.Cancellations.EndAsync(driven.Batch.Id);
    }

    private Task<HttpResponseMessage> PostAsync(string path) =>
        _room.Client.PostAsync(new Uri(path, UriKind.Relative), content: null);

    /// <summary>A web address that keeps what it gets.</summary>
    private sealed class Recipient(WebApplication application, ChannelReader<JsonNode> news) : IAsyncDisposable
    {
        public string Address => application.Urls.First();

        /// <summary>Whether nothing came but what was taken.</summary>
        public bool HasAll => !news.TryPeek(out _);

        /// <param name="status">What it answers.</param>
        /// <param name="answered">When it answers; at once by default.</param>
        public static async Task<Recipient> StartAsync(int status = 200, Task? answered = null)
        {
            var received = Channel.CreateUnbounded<JsonNode>();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var server = builder.Build();
            server.Urls.Add("http://127.0.0.1:0");
            server.Run(async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                received.Writer.TryWrite(JsonNode.Parse(await reader.ReadToEndAsync())!);
                await (answered ?? Task.CompletedTask);
                context.Response.StatusCode = status;
            });
            await server.StartAsync();
            return new Recipient(server, received.Reader);
        }

        public Task<JsonNode> NextAsync() => news.ReadAsync().AsTask().WaitAsync(Waiting.Patience);

        public ValueTask DisposeAsync() => application.DisposeAsync();
    }
}

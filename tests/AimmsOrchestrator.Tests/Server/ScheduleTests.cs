using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Schedules;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>Schedules over HTTP, with a clock that the test moves: it is Friday, 2026-11-27, 12:00 UTC.</summary>
public sealed class ScheduleTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly MovableTime _time = new(Noon);
    private readonly ServerRoom _room;

    public ScheduleTests() => _room = new ServerRoom { Time = _time };

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_scenario_with_a_schedule_begins_no_batch_but_is_kept_with_its_next_times()
    {
        using var accepted = await ServerRoom.PostAsync(_room.Client, Nightly());

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("/api/schedules/1", accepted.Headers.Location?.ToString());
        var answer = await ServerRoom.JsonAsync(accepted);
        Assert.Null(answer["id"]);
        Assert.Equal(("nap", 3), ((string?)answer["scenario"], (int)answer["runs"]!));
        Assert.False((bool)answer["schedule"]!["replaced"]!);
        var schedule = Assert.Single((await _room.GetAsync("/api/schedules")).AsArray())!;
        Assert.Equal(
            [
                "2026-11-27T19:00:00+01:00",
                "2026-11-30T19:00:00+01:00",
                "2026-12-01T19:00:00+01:00",
                "2026-12-02T19:00:00+01:00",
                "2026-12-03T19:00:00+01:00",
            ],
            schedule["next"]!.AsArray().Select(time => (string)time!)
        );
        Assert.Empty((await _room.GetAsync("/api/batches")).AsArray());
        using var now = await ServerRoom.PostAsync(_room.Client, Nightly(), "/api/batches?now=true");
        Assert.Equal("nap-1", (string?)(await ServerRoom.JsonAsync(now))["id"]);
        var plan = await ServerRoom.JsonAsync(await ServerRoom.PostAsync(_room.Client, Nightly(), "/api/plan"));
        Assert.Equal("2026-11-27T19:00:00+01:00", (string?)plan["next"]![0]);
    }

    [Fact]
    public async Task Each_time_begins_a_batch_of_the_scenario_with_its_files()
    {
        using var form = new MultipartFormDataContent
        {
            {
                new ByteArrayContent(
                    Encoding.UTF8.GetBytes(
                        Nightly()
                            .Replace(
                                "matrix: { n: [1, 2, 3], seconds: [3600] }",
                                "table: { file: all.csv }",
                                StringComparison.Ordinal
                            )
                    )
                ),
                "scenario",
                "nap.yaml"
            },
            { new ByteArrayContent("n,seconds\n1,3600\n"u8.ToArray()), "file", "all.csv" },
        };
        using var accepted = await _room.Client.PostAsync(
            new Uri("/api/batches?priority=high", UriKind.Relative),
            form
        );
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        // However long it took to come here: a minute after its time the batch would be late.
        await PassAsync(Noon.AddHours(6) - _time.GetUtcNow());
        await CancelAsync("nap-1");
        await PassAsync(TimeSpan.FromDays(3));

        var batches = (await _room.GetAsync("/api/batches")).AsArray();
        Assert.Equal(["nap-2", "nap-1"], batches.Select(batch => (string?)batch!["batch"]));
        Assert.Equal(1, (int)batches[0]!["runs"]!);
        Assert.Equal("high", (string?)batches[0]!["set"]!["priority"]);
        Assert.Equal(
            """{"schedule":1,"dueAt":"2026-11-27T18:00:00.0000000Z","late":null}""",
            batches[1]!["scheduled"]!.ToJsonString()
        );
        Assert.Equal("nap-2", (string?)(await _room.GetAsync("/api/schedules/1"))["lastBatch"]);
        var trail = (await _room.GetAsync("/api/audit?batch=nap-1")).AsArray();
        Assert.Contains(trail, entry => (string?)entry!["action"] == "scheduled");
    }

    [Fact]
    public async Task What_was_missed_while_the_server_was_down_begins_once_and_says_so()
    {
        (await ServerRoom.PostAsync(_room.Client, Nightly())).Dispose();
        await _room.StopAsync();
        _time.Advance(TimeSpan.FromDays(5));

        await _room.StartAsync();
        await PassAsync(TimeSpan.Zero);
        await PassAsync(TimeSpan.FromMinutes(1));

        var batch = Assert.Single((await _room.GetAsync("/api/batches")).AsArray())!;
        Assert.Equal(
            "was due at 2026-11-27 18:00 UTC: the server was down; 2 later times were missed as well, and are not made up for",
            (string?)batch["scheduled"]!["late"]
        );
        Assert.Equal("2026-12-02T19:00:00+01:00", (string?)(await _room.GetAsync("/api/schedules/1"))["next"]![0]);
    }

    [Fact]
    public async Task A_time_is_left_out_while_the_last_batch_is_under_way()
    {
        (await ServerRoom.PostAsync(_room.Client, Nightly())).Dispose();
        await PassAsync(TimeSpan.FromHours(6));

        await PassAsync(TimeSpan.FromDays(3));

        Assert.Single((await _room.GetAsync("/api/batches")).AsArray());
        var schedule = await _room.GetAsync("/api/schedules/1");
        Assert.Equal("2026-11-30 18:00 UTC was left out: nap-1 was still under way", (string?)schedule["lastNote"]);
        Assert.Equal("2026-12-01T19:00:00+01:00", (string?)schedule["next"]![0]);
    }

    [Fact]
    public async Task A_time_waits_for_the_last_batch_where_the_scenario_says_so()
    {
        (await ServerRoom.PostAsync(_room.Client, Nightly(", overlap: queue"))).Dispose();
        await PassAsync(TimeSpan.FromHours(6));
        await PassAsync(TimeSpan.FromDays(3));
        Assert.Equal("nap-1", (string?)(await _room.GetAsync("/api/schedules/1"))["waitsFor"]);

        // The hour passes first: the server's own rounds may begin the next batch as soon as this one has ended.
        await PassAsync(TimeSpan.FromHours(1));
        await CancelAsync("nap-1");
        await PassAsync(TimeSpan.FromMinutes(1));

        var latest = (await _room.GetAsync("/api/batches")).AsArray()[0]!;
        Assert.Equal("nap-2", (string?)latest["batch"]);
        Assert.Equal(
            "was due at 2026-11-30 18:00 UTC: it waited for nap-1 to end",
            (string?)latest["scheduled"]!["late"]
        );
    }

    [Fact]
    public async Task A_time_that_comes_again_since_the_clock_was_set_back_is_left_out_and_the_next_one_is_not()
    {
        (await ServerRoom.PostAsync(_room.Client, Nightly())).Dispose();
        await PassAsync(TimeSpan.FromHours(6));
        await CancelAsync("nap-1");
        await PassAsync(TimeSpan.FromDays(3));
        await CancelAsync("nap-2");

        // Saturday: the next time is that of nap-2 once more.
        _time.SetBack(TimeSpan.FromDays(2));
        await PassAsync(TimeSpan.Zero);
        Assert.Equal("2026-11-30T19:00:00+01:00", (string?)(await _room.GetAsync("/api/schedules/1"))["next"]![0]);
        await PassAsync(TimeSpan.FromDays(2));

        var schedule = await _room.GetAsync("/api/schedules/1");
        Assert.Equal("2026-11-30 18:00 UTC was left out: nap-2 began for it before", (string?)schedule["lastNote"]);
        Assert.Equal("2026-12-01T19:00:00+01:00", (string?)schedule["next"]![0]);
        var trail = (await _room.GetAsync("/api/audit?batch=nap-2")).AsArray();
        Assert.Single(trail, entry => (string?)entry!["action"] == "scheduled");

        await PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(
            ["nap-3", "nap-2", "nap-1"],
            (await _room.GetAsync("/api/batches")).AsArray().Select(batch => (string?)batch!["batch"])
        );
    }

    [Fact]
    public async Task A_schedule_is_replaced_paused_continued_and_removed_by_its_owner_or_an_admin()
    {
        using var alice = _room.ClientOf("alice", Role.Runner);
        using var bob = _room.ClientOf("bob", Role.Runner);
        using var eve = _room.ClientOf("eve", Role.Viewer);
        using var root = _room.ClientOf("root", Role.Admin);
        _time.Advance(TimeSpan.FromSeconds(3));
        (await ServerRoom.PostAsync(alice, Nightly())).Dispose();
        var again = await ServerRoom.JsonAsync(
            await ServerRoom.PostAsync(alice, Nightly().Replace("0 19", "0 20", StringComparison.Ordinal))
        );

        Assert.True((bool)again["schedule"]!["replaced"]!);
        foreach (var path in new[] { "/pause", "/continue", "" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(bob, path));
            Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(eve, path));
        }

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(alice, "/pause"));
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(alice, "/pause"));
        await PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(root, "/continue"));
        await PassAsync(TimeSpan.FromMinutes(1));
        var schedule = JsonNode.Parse(await eve.GetStringAsync(new Uri("/api/schedules/1", UriKind.Relative)))!;
        Assert.Equal("2026-11-30T20:00:00+01:00", (string?)schedule["next"]![0]);
        Assert.Null(schedule["lastBatch"]);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(root, ""));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(root, ""));
    }

    [Fact]
    public async Task The_schedules_of_a_revoked_token_begin_nothing_and_say_so()
    {
        using var alice = _room.ClientOf("alice", Role.Runner);
        using var root = _room.ClientOf("root", Role.Admin);
        (await ServerRoom.PostAsync(alice, Nightly())).Dispose();
        using (var book = _room.Workspace.OpenAccessBook())
        {
            Assert.True(book.Revoke("alice", _time.GetUtcNow()));
        }

        await PassAsync(TimeSpan.FromHours(6));

        var schedule = JsonNode.Parse(await root.GetStringAsync(new Uri("/api/schedules/1", UriKind.Relative)))!;
        Assert.Equal("the token alice was revoked", (string?)schedule["problem"]);
        Assert.Equal("2026-11-27 18:00 UTC was left out: the token alice was revoked", (string?)schedule["lastNote"]);
        Assert.Empty(schedule["next"]!.AsArray());
        Assert.Equal("[]", await root.GetStringAsync(new Uri("/api/batches", UriKind.Relative)));
    }

    [Fact]
    public async Task A_scenario_that_can_no_longer_be_run_leaves_its_time_out_and_says_why()
    {
        (await ServerRoom.PostAsync(_room.Client, Nightly())).Dispose();
        await _room.StopAsync();
        await _room.StartAsync("limits: { runs: 2 }\n");

        await PassAsync(TimeSpan.FromHours(6));

        Assert.Empty((await _room.GetAsync("/api/batches")).AsArray());
        Assert.Contains(
            "the batch has 3 runs or more, and this server allows 2",
            (string?)(await _room.GetAsync("/api/schedules/1"))["lastNote"],
            StringComparison.Ordinal
        );
    }

    private static string Nightly(string more = "") =>
        ServerRoom.Nap(3600) + $"\nschedule: {{ cron: \"0 19 * * MON-FRI\", zone: Europe/Amsterdam{more} }}\n";

    private async Task PassAsync(TimeSpan later)
    {
        _time.Advance(later);
        // What the server's own round has begun may have seen the time before.
        await _room.Server.Part<ScheduleClock>().BeginDueAsync();
        await _room.Server.Part<ScheduleClock>().BeginDueAsync();
    }

    private async Task CancelAsync(string id)
    {
        using var cancelled = await _room.Client.PostAsync(
            new Uri($"/api/batches/{id}/cancel", UriKind.Relative),
            content: null
        );
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        await _room.Server.Part<BatchFleet>().Cancellations.EndAsync(new BatchId(id));
        Assert.Equal("cancelled", (string?)(await _room.GetAsync($"/api/batches/{id}"))["state"]);
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(
            path.Length == 0 ? HttpMethod.Delete : HttpMethod.Post,
            $"/api/schedules/1{path}"
        );
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}

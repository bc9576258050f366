using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>The interface row by row.</summary>
public sealed class ContractTests : IAsyncLifetime
{
    private readonly ServerRoom _room = new();

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_scenario_with_a_file_is_submitted_followed_and_read()
    {
        const string Scenario = """
            name: table
            service: { use: dev, name: sleep }
            sweep: { table: { file: cases/all.csv } }
            request: { json: { seconds: "${{ seconds }}" } }
            results: { slept: response.slept }
            """;
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(Scenario)), "scenario", "table.yaml" },
            { new ByteArrayContent("seconds\n0\n0.01\n"u8.ToArray()), "file", "cases/all.csv" },
        };

        using var accepted = await _room.Client.PostAsync(new Uri("/api/batches", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("/api/batches/table-1", accepted.Headers.Location?.ToString());
        Assert.Equal("table-1", (string?)(await ServerRoom.JsonAsync(accepted))["id"]);
        var events = await ServerRoom.EventsAsync(_room.Client, "table-1").ToListAsync();
        Assert.Equal("end", events[^1].Type);
        Assert.Equal((2, "finished"), ((int)events[^1].Data["completed"]!, (string?)events[^1].Data["state"]));
        var batch = await _room.GetAsync("/api/batches/table-1");
        Assert.Equal(("table-1", "local"), ((string?)batch["batch"], (string?)batch["owner"]));
        Assert.Equal(
            """{"slept":0}""",
            await _room.Client.GetStringAsync(new Uri("/api/batches/table-1/runs/0/response", UriKind.Relative))
        );
    }

    [Fact]
    public async Task The_runs_come_page_by_page()
    {
        var id = await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0));

        var first = await _room.GetAsync($"/api/batches/{id}/runs?limit=2");
        var second = await _room.GetAsync($"/api/batches/{id}/runs?limit=2&after={first["next"]}");
        var none = await _room.GetAsync($"/api/batches/{id}/runs?state=failed");

        Assert.Equal([0, 1], Indexes(first));
        Assert.Equal([2], Indexes(second));
        Assert.Null(second["next"]);
        Assert.Empty(Indexes(none));
        Assert.Equal("""{"n":1,"seconds":0}""", first["runs"]![0]!["parameters"]!.ToJsonString());

        static IEnumerable<int> Indexes(JsonNode page) => page["runs"]!.AsArray().Select(run => (int)run!["index"]!);
    }

    [Theory]
    [InlineData("html", "text/html", "<!doctype html>")]
    [InlineData("csv", "text/csv", "index,name,n,seconds,state,slept")]
    [InlineData("jsonl", "application/jsonl", """{"index":0,""")]
    [InlineData("md", "text/markdown", "# nap-1")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK")]
    [InlineData("parquet", "application/vnd.apache.parquet", "PAR1")]
    public async Task The_report_comes_in_every_format(string format, string type, string beginning)
    {
        var id = await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0));

        using var report = await _room.Client.GetAsync(
            new Uri($"/api/batches/{id}/report?format={format}", UriKind.Relative)
        );

        Assert.Equal(type, report.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(
            beginning,
            Encoding.UTF8.GetString(await report.Content.ReadAsByteArrayAsync()),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public async Task The_list_has_the_latest_first_and_can_be_narrowed()
    {
        await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0));
        await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0).Replace("nap", "doze", StringComparison.Ordinal));

        Assert.Equal(["doze-1", "nap-1"], Ids(await _room.GetAsync("/api/batches")));
        Assert.Equal(["nap-1"], Ids(await _room.GetAsync("/api/batches?scenario=nap&state=finished")));
        Assert.Empty(Ids(await _room.GetAsync("/api/batches?state=running")));

        static IEnumerable<string?> Ids(JsonNode batches) =>
            batches.AsArray().Select(batch => (string?)batch!["batch"]);
    }

    [Fact]
    public async Task A_plan_sends_nothing()
    {
        var plan = await ServerRoom.JsonAsync(
            await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(1), "/api/plan?limit=2")
        );

        Assert.Equal((2, 0, 2), ((int)plan["runs"]!, (int)plan["done"]!, (int)plan["toDo"]!));
        Assert.Equal("n=1", (string?)plan["first"]![0]!["name"]);
        Assert.Empty(_room.Service.Traffic.Taken);
        Assert.Empty((await _room.GetAsync("/api/batches")).AsArray());
    }

    [Fact]
    public async Task Everything_wrong_with_a_scenario_is_said_with_its_place()
    {
        var scenario =
            ServerRoom.Nap(0).Replace("results:", "resluts:", StringComparison.Ordinal)
            + "\nlimits: { concurrency: none }\n";
        using var refused = await ServerRoom.PostAsync(_room.Client, scenario);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        var found = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["mistakes"]!.AsArray();
        Assert.Equal([5, 6], found.Select(one => (int)one!["line"]!).Order());
        Assert.Contains(
            found,
            one => ((string)one!["message"]!).Contains("did you mean \"results\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_priority_is_set_with_the_batch_and_an_unknown_one_opens_none()
    {
        using var wrong = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(0), "/api/batches?priority=urgent");
        using var right = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(0), "/api/batches?priority=high");

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(
            "priority: \"urgent\" is not one of high, normal, low",
            (string?)(await ServerRoom.JsonAsync(wrong))["detail"]
        );
        Assert.Equal("nap-1", (string?)(await ServerRoom.JsonAsync(right))["id"]);
        Assert.Equal("high", (string?)(await _room.GetAsync("/api/batches/nap-1"))["set"]!["priority"]);
    }

    [Fact]
    public async Task The_same_submission_opens_one_batch()
    {
        var first = await SubmitAsync("night", ServerRoom.Nap(0));
        var again = await SubmitAsync("night", ServerRoom.Nap(0));
        var other = await SubmitAsync("night", ServerRoom.Nap(0.01));
        var without = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(0));

        Assert.Equal((HttpStatusCode.Accepted, "nap-1"), (first.Status, (string?)first.Body["id"]));
        Assert.Equal((HttpStatusCode.Accepted, "nap-1"), (again.Status, (string?)again.Body["id"]));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Equal("nap-2", (string?)(await ServerRoom.JsonAsync(without))["id"]);

        async Task<(HttpStatusCode Status, JsonNode Body)> SubmitAsync(string key, string scenario)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/batches")
            {
                Content = new StringContent(scenario, Encoding.UTF8, "application/yaml"),
            };
            request.Headers.Add("Idempotency-Key", key);
            var response = await _room.Client.SendAsync(request);
            return (response.StatusCode, await ServerRoom.JsonAsync(response));
        }
    }

    [Fact]
    public async Task A_batch_is_paused_changed_continued_and_cancelled_and_the_trail_says_by_whom()
    {
        using var client = _room.ClientOf("alice", Role.Runner);
        using var admin = _room.ClientOf("root", Role.Admin);
        var id = (string)(await ServerRoom.JsonAsync(await ServerRoom.PostAsync(client, ServerRoom.Nap(3600))))["id"]!;

        Assert.Equal("paused", (string?)(await ActAsync("pause"))["state"]);
        using var patch = new StringContent(
            """{"limits":{"concurrency":2},"priority":"low"}""",
            Encoding.UTF8,
            "application/json"
        );
        using var patched = await client.PatchAsync(new Uri($"/api/batches/{id}", UriKind.Relative), patch);
        var set = (await ServerRoom.JsonAsync(patched))["set"]!;
        Assert.Equal(("2", "low"), ((string?)set["limits.concurrency"], (string?)set["priority"]));
        Assert.Equal("running", (string?)(await ActAsync("continue"))["state"]);
        await ActAsync("cancel");
        var end = await ServerRoom.EventsAsync(client, id).LastAsync();

        Assert.Equal(("end", "cancelled"), (end.Type, (string?)end.Data["state"]));
        await Waiting.UntilAsync(() => _room.Service.Traffic.Unfinished == 0);
        var trail = JsonNode
            .Parse(await admin.GetStringAsync(new Uri($"/api/audit?batch={id}", UriKind.Relative)))!
            .AsArray();
        Assert.Equal(
            ["cancel", "continue", "set", "pause", "submit"],
            trail.Select(entry => (string?)entry!["action"])
        );
        Assert.All(trail, entry => Assert.Equal("alice", (string?)entry!["author"]));

        async Task<JsonNode> ActAsync(string action)
        {
            using var response = await client.PostAsync(
                new Uri($"/api/batches/{id}/{action}", UriKind.Relative),
                content: null
            );
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            return await ServerRoom.JsonAsync(response);
        }
    }

    [Fact]
    public async Task Unfinished_batches_go_on_after_a_restart()
    {
        var id = (string)
            (await ServerRoom.JsonAsync(await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(0.5))))["id"]!;
        await _room.StopAsync();
        await _room.StartAsync();

        var end = await ServerRoom.EventsAsync(_room.Client, id).LastAsync();

        Assert.Equal(("end", "finished", 3), (end.Type, (string?)end.Data["state"], (int)end.Data["completed"]!));
        Assert.Equal(3, _room.Service.Traffic.Taken.Count);
    }

    [Fact]
    public async Task A_client_that_comes_back_gets_what_it_missed()
    {
        var id = await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0));
        var all = await ServerRoom.EventsAsync(_room.Client, id, "0-0").ToListAsync();
        var runs = all.Where(item => item.Type == "run").ToList();

        var rest = await ServerRoom.EventsAsync(_room.Client, id, runs[0].Id).ToListAsync();

        Assert.Equal(3, runs.Count);
        Assert.Equal(["run", "run", "end"], rest.Select(item => item.Type));
        Assert.Equal(
            runs.Skip(1).Select(run => (int)run.Data["index"]!),
            rest.Take(2).Select(run => (int)run.Data["index"]!)
        );
    }

    [Fact]
    public async Task The_events_of_all_batches_have_the_end_of_each()
    {
        await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0));
        await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0));

        var ends = await ServerRoom.EventsAsync(_room.Client, batch: null, last: "0-0").Take(2).ToListAsync();

        Assert.Equal(
            [("end", "nap-1"), ("end", "nap-2")],
            ends.Select(item => (item.Type, (string)item.Data["batch"]!))
        );
    }

    [Fact]
    public async Task Services_and_nodes_say_what_goes_on()
    {
        var id = (string)
            (await ServerRoom.JsonAsync(await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(3600))))["id"]!;
        await _room.ProgressAsync(progress => ServerRoom.UnderWay(progress) == 3);
        var service = Assert.Single((await _room.GetAsync("/api/services")).AsArray())!;
        var node = Assert.Single((await _room.GetAsync("/api/nodes")).AsArray())!;

        Assert.Equal(
            ("dev", 3, "busy"),
            ((string?)service["name"], (int)service["unfinished"]!, (string?)service["state"])
        );
        Assert.Equal(id, (string?)node["batches"]![0]);
    }

    /// <summary>Which is no account: each batch has one of its own.</summary>
    [Fact]
    public async Task What_is_under_way_at_the_built_in_emulator_its_batch_says()
    {
        await _room.StopAsync();
        await _room.StartAsync(services: ", own: { url: emulator }");
        var scenario = ServerRoom.Nap(3600).Replace("use: dev", "use: own", StringComparison.Ordinal);
        var id = (string)(await ServerRoom.JsonAsync(await ServerRoom.PostAsync(_room.Client, scenario)))["id"]!;
        await _room.ProgressAsync(progress => ServerRoom.UnderWay(progress) == 3);

        var service = (await _room.GetAsync("/api/services")).AsArray().Single(one => (string?)one!["name"] == "own")!;

        Assert.Equal((3, "busy"), ((int)service["unfinished"]!, (string?)service["state"]));
        var slots = Assert.Single(service["slots"]!.AsArray())!;
        Assert.Equal((id, 3), ((string?)slots["batch"], (int)slots["slots"]!));
    }

    [Theory]
    [InlineData("GET", "/api/batches/none", 404, "there is no batch \"none\"")]
    [InlineData("GET", "/api/batches/none/events", 404, "there is no batch \"none\"")]
    [InlineData("POST", "/api/batches/none/cancel", 404, "there is no batch \"none\"")]
    [InlineData("GET", "/api/batches?state=runing", 400, "\"runing\" is not one of running")]
    [InlineData("GET", "/api/nothing", 404, "there is no GET /api/nothing")]
    [InlineData("DELETE", "/api/services", 405, "/api/services answers no DELETE")]
    [InlineData("POST", "/api/batches", 415, "send application/yaml")]
    public async Task What_a_client_does_wrong_gets_a_sentence(string method, string path, int status, string sentence)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _room.Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(sentence, (string?)(await ServerRoom.JsonAsync(response))["detail"], StringComparison.Ordinal);
    }
}

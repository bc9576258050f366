using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Server;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Settings;
using AimmsOrchestrator.Tests.Cli.Remote;
using AimmsOrchestrator.Tests.Testing;
using AimmsOrchestrator.Tests.Testing.Machine;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>What the server promises beside its single routes.</summary>
public sealed class PromiseTests : IAsyncLifetime
{
    private readonly ServerRoom _room = new();

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task It_says_that_it_lives_and_once_batches_are_taken_up_that_it_can_work()
    {
        await _room.ReadyAsync();

        Assert.Equal("ready\n", await TextAsync("/readyz"));
        Assert.Equal("alive\n", await TextAsync("/healthz"));
    }

    [Fact]
    public async Task With_a_token_other_machines_may_ask_and_only_with_it()
    {
        using var known = _room.ClientOf("alice", Role.Viewer);
        var settings = ServerSettingsLoader.Load(file: null, _ => null).Settings!;
        var options = new ServerOptions(new Uri("http://0.0.0.0:0"), _room.Workspace, settings, "1.0");
        await using var server = await ServerHost.StartAsync(options, TimeProvider.System);
        var address = new Uri($"http://127.0.0.1:{server.Address.Port}/api/batches");
        using var other = new HttpClient();

        using var refused = await other.GetAsync(address);
        other.DefaultRequestHeaders.Authorization = known.DefaultRequestHeaders.Authorization;
        using var answered = await other.GetAsync(address);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, answered.StatusCode));
        await server.StopAsync();
    }

    [Fact]
    public async Task What_the_configuration_allows_is_allowed()
    {
        var own = ServerRoom.Nap(0).Replace("use: dev", $"url: {_room.Service.Address}", StringComparison.Ordinal);
        using (var refused = await ServerRoom.PostAsync(_room.Client, own))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        await _room.StopAsync();
        await _room.StartAsync("allow: { addresses: true }\n");

        Assert.Equal("nap-1", await ServerRoom.FinishAsync(_room.Client, own));
    }

    [Fact]
    public async Task Its_documents_are_those_of_the_command_line()
    {
        var id = await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0));

        var status = await CommandOutput.OfAsync("status", id, "--json", "--workspace", _room.Workspace.Folder);
        var lines = await CommandOutput.OfAsync(
            "report",
            id,
            "--format",
            "jsonl",
            "--workspace",
            _room.Workspace.Folder
        );

        AssertSame(JsonNode.Parse(status.Output)!, await _room.GetAsync($"/api/batches/{id}"));
        var runs = (await _room.GetAsync($"/api/batches/{id}/runs"))["runs"]!.AsArray();
        var written = lines.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, written.Length);
        foreach (var (line, run) in written.Zip(runs))
        {
            AssertSame(JsonNode.Parse(line)!, run!);
        }
    }

    [Fact]
    public async Task A_scenario_is_changed_as_the_address_says()
    {
        using var taken = await ServerRoom.PostAsync(
            _room.Client,
            ServerRoom.Nap(0),
            "/api/batches?set=n=[7,8]&set=seconds=[0.01]&limit=1"
        );
        var id = (string)(await ServerRoom.JsonAsync(taken))["id"]!;
        await ServerRoom.EventsAsync(_room.Client, id).LastAsync();

        var run = Assert.Single((await _room.GetAsync($"/api/batches/{id}/runs"))["runs"]!.AsArray())!;
        Assert.Equal("""{"n":7,"seconds":0.01}""", run["parameters"]!.ToJsonString());
    }

    [Fact]
    public async Task What_stopped_is_resumed_and_what_failed_is_run_again()
    {
        // The second task begins where the first one ends, and runs until that one's failure has stopped the batch.
        var scenario =
            ServerRoom.Nap(0).Replace("${{ seconds }}", "${{ n == 2 ? 12 : seconds }}", StringComparison.Ordinal)
            + "\nlimits: { concurrency: 1 }\nsuccess: n != 1\nstop: { when: failed == 1 && completed == 0 }\n";
        var id = await ServerRoom.FinishAsync(_room.Client, scenario);
        Assert.Equal("stopped", (string?)(await _room.GetAsync($"/api/batches/{id}"))["state"]);

        Assert.Equal(HttpStatusCode.Accepted, await ActAsync("resume"));
        var resumed = await ServerRoom.EventsAsync(_room.Client, id).LastAsync();
        Assert.Equal(HttpStatusCode.Conflict, await ActAsync("resume"));
        Assert.Equal(HttpStatusCode.BadRequest, await ActAsync("retry?kind=none"));
        Assert.Equal(HttpStatusCode.Accepted, await ActAsync("retry"));
        var retried = await ServerRoom.EventsAsync(_room.Client, id).LastAsync();

        Assert.Equal(("end", 2, 1), (resumed.Type, (int)resumed.Data["completed"]!, (int)resumed.Data["failed"]!));
        Assert.Equal(("end", 2, 1), (retried.Type, (int)retried.Data["completed"]!, (int)retried.Data["failed"]!));

        async Task<HttpStatusCode> ActAsync(string action)
        {
            using var response = await _room.Client.PostAsync(
                new Uri($"/api/batches/{id}/{action}", UriKind.Relative),
                content: null
            );
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_batch_that_cannot_be_taken_up_says_why()
    {
        using var folder = new TemporaryFolder();
        var key = folder.Write("dev.key", "k", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var services = $", other: {{ url: \"{_room.Service.Address}\", app: T, apiKey: {{ file: \"{key}\" }} }}";
        await _room.StopAsync();
        await _room.StartAsync(services: services);
        using (
            var taken = await ServerRoom.PostAsync(
                _room.Client,
                ServerRoom.Nap(3600).Replace("use: dev", "use: other", StringComparison.Ordinal)
            )
        )
        {
            Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync());
        }

        await _room.ProgressAsync(progress => ServerRoom.UnderWay(progress) > 0);
        await _room.StopAsync();
        File.Delete(key);
        await _room.StartAsync(services: services);
        await _room.ReadyAsync();

        var left = await _room.GetAsync("/api/batches/nap-1");
        var warning = Assert.Single(left["warnings"]!.AsArray())!;
        Assert.StartsWith("it is not taken up: ", (string)warning["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_that_is_run_again_continues_its_owners_batch_also_after_one_of_another_owner()
    {
        using var alice = _room.ClientOf("alice", Role.Runner);
        using var bob = _room.ClientOf("bob", Role.Runner);
        var first = await RunAsync(alice, 3600);
        var other = await RunAsync(bob, 3601);

        var again = await RunAsync(alice, 3600);

        Assert.Equal(["nap-1", "nap-2", "nap-1"], new[] { first, other, again }.Select(one => (string?)one["id"]));
        Assert.Equal([false, false, true], new[] { first, other, again }.Select(one => (bool)one["isContinued"]!));

        static async Task<JsonNode> RunAsync(HttpClient client, double seconds) =>
            await ServerRoom.JsonAsync(
                await ServerRoom.PostAsync(client, ServerRoom.Nap(seconds), "/api/batches?continue=true")
            );
    }

    [Fact]
    public async Task The_same_submission_twice_at_once_is_one_batch_and_one_line_of_the_trail()
    {
        var both = await Task.WhenAll(SubmitAsync(ServerRoom.Nap(3600)), SubmitAsync(ServerRoom.Nap(3600)));

        Assert.Equal(["nap-1", "nap-1"], both.Select(one => (string?)one["id"]));
        var trail = (await _room.GetAsync("/api/audit?batch=nap-1")).AsArray();
        Assert.Equal("submit", (string?)Assert.Single(trail)!["action"]);
    }

    [Fact]
    public async Task The_submission_of_a_batch_that_was_removed_opens_another_one()
    {
        await SubmitAsync(ServerRoom.Nap(0));
        await LeftAsync("nap-1");
        using (var reader = _room.Workspace.OpenReader())
        using (var upkeep = _room.Workspace.OpenUpkeep())
        {
            upkeep.Remove(reader.Find("nap-1")!.Number, TimeProvider.System.GetUtcNow());
        }

        var again = await SubmitAsync(ServerRoom.Nap(0.01));
        var once = await SubmitAsync(ServerRoom.Nap(0.01));

        Assert.Equal(("nap-2", 3), ((string?)again["id"], (int)again["runs"]!));
        Assert.Equal("nap-2", (string?)once["id"]);
    }

    [Fact]
    public async Task A_port_for_calls_that_another_program_has_is_said_by_the_submit_the_resume_and_the_retry()
    {
        await _room.StopAsync();
        await _room.StartAsync("allow: { addresses: true }\n");
        var port = FreePorts.Next();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        // An account that makes calls. It refuses the submit, which has no key, so that its batch stops.
        var scenario =
            ServerRoom.Nap(0).Replace("use: dev", "url: emulator, app: Plant", StringComparison.Ordinal)
            + $"\npoll: {{ hook: \"http://127.0.0.1:{port}/hooks\" }}\n";

        await AssertRefusedAsync(await ServerRoom.PostAsync(_room.Client, scenario));
        Assert.Empty((await _room.GetAsync("/api/batches")).AsArray());
        other.Stop();
        using var taken = await ServerRoom.PostAsync(_room.Client, scenario);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        await LeftAsync("nap-1");
        using var again = new TcpListener(IPAddress.Loopback, port);
        again.Start();
        await AssertRefusedAsync(await ActAsync("resume"));
        await AssertRefusedAsync(await ActAsync("retry"));
        Assert.Equal("refused", (string?)(await _room.GetAsync("/api/batches/nap-1"))["state"]);
        again.Stop();
        using var resumed = await ActAsync("resume");
        Assert.Equal(HttpStatusCode.Accepted, resumed.StatusCode);

        Task<HttpResponseMessage> ActAsync(string action) =>
            _room.Client.PostAsync(new Uri($"/api/batches/nap-1/{action}", UriKind.Relative), content: null);

        async Task AssertRefusedAsync(HttpResponseMessage response)
        {
            Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
            Assert.StartsWith(
                $"poll.hook: port {port} cannot be listened on: another program listens on it",
                (string?)(await ServerRoom.JsonAsync(response))["detail"],
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_batch_of_few_runs_does_not_wait_behind_one_of_many()
    {
        var many = ServerRoom
            .Nap(0.2)
            .Replace("nap", "many", StringComparison.Ordinal)
            .Replace("[1, 2, 3]", "{ from: 1, to: 2000, step: 1 }", StringComparison.Ordinal);
        using (var taken = await ServerRoom.PostAsync(_room.Client, many))
        {
            Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        }

        await _room.ProgressAsync(progress => ServerRoom.UnderWay(progress) > 0);
        var few = await ServerRoom.FinishAsync(_room.Client, ServerRoom.Nap(0.01));
        var left = await _room.GetAsync("/api/batches/many-1");

        Assert.Equal("nap-1", few);
        Assert.Equal("running", (string?)left["state"]);
        Assert.InRange((long)left["completed"]!, 0, 1000);
    }

    /// <summary>Each member of the command line's document, whatever else the server's has.</summary>
    private static void AssertSame(JsonNode here, JsonNode there)
    {
        foreach (var (name, value) in here.AsObject())
        {
            Assert.Equal((name, value?.ToJsonString()), (name, there[name]?.ToJsonString()));
        }
    }

    /// <summary>Submits a scenario under a key that is always the same.</summary>
    private async Task<JsonNode> SubmitAsync(string scenario)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/batches")
        {
            Content = new StringContent(scenario, Encoding.UTF8, "application/yaml"),
        };
        request.Headers.Add("Idempotency-Key", "night");
        var response = await _room.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await ServerRoom.JsonAsync(response);
    }

    /// <summary>Complete once a batch has ended and is driven no more.</summary>
    private async Task LeftAsync(string id)
    {
        await ServerRoom.EventsAsync(_room.Client, id).LastAsync();
        if (_room.Server.Part<BatchFleet>().Host.Find(new BatchId(id)) is { } driven)
        {
            await driven.Ended;
        }
    }

    private Task<string> TextAsync(string path) => _room.Client.GetStringAsync(new Uri(path, UriKind.Relative));
}

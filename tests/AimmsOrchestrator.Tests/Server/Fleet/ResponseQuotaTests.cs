using System.Net;
using System.Text.Json.Nodes;
using AimmsOrchestrator.Domain.Access;

namespace AimmsOrchestrator.Tests.Server.Fleet;

/// <summary>What owners may store.</summary>
public sealed class ResponseQuotaTests : IAsyncLifetime
{
    private static readonly string Full = ServerRoom
        .Nap(0)
        .Replace("name: sleep", "name: echo", StringComparison.Ordinal)
        .Replace("n: \"${{ n }}\"", $"n: \"${{{{ n }}}}\", text: {new string('x', 400)}", StringComparison.Ordinal)
        .Replace("results: { slept: response.slept }", "results: { n: response.n }", StringComparison.Ordinal);

    private readonly ServerRoom _room = new();

    public async Task InitializeAsync()
    {
        await _room.InitializeAsync();
        await _room.StopAsync();
        await _room.StartAsync("limits: { responses: 1kB }\n");
    }

    public Task DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task An_owner_with_too_much_submits_no_more_and_reads_why_and_others_do()
    {
        using var alice = _room.ClientOf("alice", Role.Runner);
        using var bob = _room.ClientOf("bob", Role.Runner);
        await ServerRoom.FinishAsync(alice, Full);

        using var refused = await ServerRoom.PostAsync(alice, ServerRoom.Nap(0));
        using var other = await ServerRoom.PostAsync(bob, ServerRoom.Nap(0));
        var limits = JsonNode.Parse(await alice.GetStringAsync(new Uri("/api/limits", UriKind.Relative)))!;

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.StartsWith(
            "alice has 1.3 kB of responses stored, and this server allows 1 kB: ",
            (string?)(await ServerRoom.JsonAsync(refused))["detail"],
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Accepted, other.StatusCode);
        Assert.Equal("100/s", (string?)limits["requests"]);
        Assert.Equal(1024, (long)limits["responseBytes"]!["most"]!);
        Assert.InRange((long)limits["responseBytes"]!["taken"]!, 1025, 2048);
        Assert.Equal(0, (long)limits["unfinished"]!["taken"]!);
    }

    [Fact]
    public async Task A_batch_under_way_is_paused_and_the_results_of_its_tasks_are_stored()
    {
        using var alice = _room.ClientOf("alice", Role.Runner);
        var id = await BeginAsync(alice, 3600);
        await ServerRoom.FinishAsync(alice, Full);

        var paused = await EventAsync(alice, id, data => (string?)data["state"] == "paused");
        Assert.Contains("of responses stored", (string?)paused["warnings"]![0], StringComparison.Ordinal);
        await _room.WakeAsync();
        var end = await EventAsync(alice, id, data => data["endedAt"] is not null);
        Assert.Equal(("finished", 3), ((string?)end["state"], (int)end["completed"]!));
    }

    [Fact]
    public async Task A_paused_batch_continues_once_there_is_room_and_not_before()
    {
        using var alice = _room.ClientOf("alice", Role.Runner);
        var id = await BeginAsync(alice, 3600);
        await ServerRoom.FinishAsync(alice, Full);
        await EventAsync(alice, id, data => (string?)data["state"] == "paused");
        using var refused = await alice.PostAsync(new Uri($"/api/batches/{id}/continue", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        await _room.StopAsync();
        await _room.StartAsync("limits: { responses: 10kB }\n");
        using var admin = _room.ClientOf("root", Role.Admin);

        await EventAsync(admin, id, data => (string?)data["state"] == "running");
        var trail = JsonNode.Parse(await admin.GetStringAsync(new Uri($"/api/audit?batch={id}", UriKind.Relative)))!;
        Assert.Equal(
            [("server", "continue"), ("server", "pause"), ("alice", "submit")],
            trail.AsArray().Select(entry => ((string)entry!["author"]!, (string)entry["action"]!))
        );
    }

    /// <summary>Three tasks that sleep, all of which have begun.</summary>
    private static async Task<string> BeginAsync(HttpClient client, double seconds)
    {
        using var taken = await ServerRoom.PostAsync(
            client,
            ServerRoom.Nap(seconds).Replace("nap", "long", StringComparison.Ordinal)
        );
        await EventAsync(client, "long-1", data => ServerRoom.UnderWay(data) == 3);
        return "long-1";
    }

    /// <summary>The first event of a batch whose data are as wanted.</summary>
    private static async Task<JsonNode> EventAsync(HttpClient client, string id, Predicate<JsonNode> wanted) =>
        (await ServerRoom.EventsAsync(client, id).FirstAsync(item => wanted(item.Data))).Data;
}

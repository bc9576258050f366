using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Server;
using AimmsOrchestrator.Server.Settings;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>Who may do what, and what a scenario may not.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private readonly MovableTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly ServerRoom _room;

    public AccessTests() => _room = new ServerRoom { Time = _time };

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Once_a_token_exists_every_request_needs_one()
    {
        using var viewer = _room.ClientOf("eve", Role.Viewer);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(viewer, "/api/batches"));
        using var other = new HttpClient { BaseAddress = _room.Address };
        _time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(other, "/api/batches"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other, "/healthz"));
        other.DefaultRequestHeaders.Add("Authorization", "Bearer wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(other, "/api/batches"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(other, "/api/batches?token=wrong"));
    }

    [Fact]
    public async Task A_role_may_do_what_it_says_and_no_more()
    {
        using var viewer = _room.ClientOf("eve", Role.Viewer);
        using var runner = _room.ClientOf("alice", Role.Runner);
        using var colleague = _room.ClientOf("bob", Role.Runner);
        using var admin = _room.ClientOf("root", Role.Admin);

        using (var refused = await ServerRoom.PostAsync(viewer, ServerRoom.Nap(0)))
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        var id = (string)(await ServerRoom.JsonAsync(await ServerRoom.PostAsync(runner, ServerRoom.Nap(3600))))["id"]!;
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(viewer, $"/api/batches/{id}/cancel"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(colleague, $"/api/batches/{id}/cancel"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(runner, "/api/audit"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(admin, $"/api/batches/{id}/cancel"));
    }

    [Fact]
    public async Task A_revoked_tokens_streams_end()
    {
        using var viewer = _room.ClientOf("eve", Role.Viewer);
        using var admin = _room.ClientOf("root", Role.Admin);
        var id = (string)(await ServerRoom.JsonAsync(await ServerRoom.PostAsync(admin, ServerRoom.Nap(3600))))["id"]!;
        await using var following = ServerRoom.EventsAsync(viewer, id).GetAsyncEnumerator();
        Assert.True(await following.MoveNextAsync());

        using (var book = _room.Workspace.OpenAccessBook())
        {
            Assert.True(book.Revoke("eve", TimeProvider.System.GetUtcNow()));
        }

        do
        {
            Assert.NotEqual("end", following.Current.Type);
        } while (await following.MoveNextAsync().AsTask().WaitAsync(Waiting.Patience));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(viewer, "/api/batches"));
    }

    [Fact]
    public async Task A_browser_signs_in_with_a_token_and_stays_so_through_a_restart()
    {
        using var handler = new HttpClientHandler { UseCookies = false };
        using var browser = new HttpClient(handler) { BaseAddress = _room.Address };
        var secret = _room.ClientOf("alice", Role.Runner).DefaultRequestHeaders.Authorization!.Parameter!;
        using var body = new StringContent($$"""{"token":"{{secret}}"}""", Encoding.UTF8, "application/json");
        using var signedIn = await browser.PostAsync(new Uri("/api/session", UriKind.Relative), body);
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(secret, cookie, StringComparison.Ordinal);

        await _room.StopAsync();
        await _room.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_room.Address, "/api/session"));
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var who = await browser.SendAsync(request);

        Assert.Equal("""{"name":"alice","role":"runner"}""", await who.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "evil.example")]
    public async Task A_page_of_another_site_changes_nothing(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/batches")
        {
            Content = new StringContent(ServerRoom.Nap(0), Encoding.UTF8, "text/plain"),
        };
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await _room.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty((await _room.GetAsync("/api/batches")).AsArray());
    }

    [Theory]
    [InlineData(
        "service: { use: dev, name: sleep }",
        "service: { url: http://169.254.169.254, name: sleep }",
        "service.url: here a scenario names a service by use: NAME; there are dev"
    )]
    [InlineData(
        "service: { use: dev, name: sleep }",
        "service: { url: emulator, name: sleep }",
        "service.url: here a scenario names a service"
    )]
    [InlineData(
        "service: { use: dev, name: sleep }",
        "service: { use: other, name: sleep }",
        "there is no profile \"other\""
    )]
    [InlineData("results:", "notify: [{ run: [id] }]\nresults:", "notify: here scenarios send no notifications")]
    [InlineData("results:", "poll: { hook: http://localhost:9/ }\nresults:", "poll.hook: here scenarios open no ports")]
    [InlineData("name: sleep", "name: \"${{ env.PATH }}\"", "PATH is not set")]
    [InlineData(
        "sweep: { matrix: { n: [1, 2, 3], seconds: [0] } }",
        "sweep: { table: { file: /etc/passwd } }",
        "/etc/passwd"
    )]
    public async Task A_scenario_reaches_nothing_of_the_server(string written, string instead, string why)
    {
        using var refused = await ServerRoom.PostAsync(
            _room.Client,
            ServerRoom.Nap(0).Replace(written, instead, StringComparison.Ordinal)
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var found = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["mistakes"]!.AsArray();
        Assert.Contains(
            why,
            string.Join("; ", found.Select(one => (string?)one!["message"])),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("../evil.csv", "leads out of the folder")]
    [InlineData("/etc/passwd", "leads out of the folder")]
    [InlineData("a//b", "leads out of the folder")]
    [InlineData("..\\evil", "has a colon or a backslash")]
    [InlineData("profile: dev", "has a colon or a backslash")]
    [InlineData("C:evil", "has a colon or a backslash")]
    public async Task A_file_has_a_name_that_stays_in_its_folder(string name, string why)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(ServerRoom.Nap(0))), "scenario", "nap.yaml" },
            { new ByteArrayContent([1]), "file", name },
        };
        using var refused = await _room.Client.PostAsync(new Uri("/api/batches", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(why, (string?)(await ServerRoom.JsonAsync(refused))["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_caller_takes_is_limited()
    {
        await _room.StopAsync();
        await _room.StartAsync("limits: { runs: 2, unfinished: 1, upload: 10kB }\n");

        using var many = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(0));
        using var large = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(0) + new string('#', 20_000));
        using var first = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(3600), "/api/batches?limit=1");
        using var second = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(3600), "/api/batches?limit=1");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, many.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    [Fact]
    public async Task Without_a_token_no_other_machine_is_listened_to()
    {
        var settings = ServerSettingsLoader.Load(file: null, _ => null).Settings!;
        var options = new ServerOptions(new Uri("http://0.0.0.0:0"), _room.Workspace, settings, "1.0");

        var refused = await Assert.ThrowsAsync<ServerException>(() =>
            ServerHost.StartAsync(options, TimeProvider.System)
        );

        Assert.Contains("token create", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string path)
    {
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content: null);
        return response.StatusCode;
    }
}

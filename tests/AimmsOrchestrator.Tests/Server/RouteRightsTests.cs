using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AimmsOrchestrator.Domain.Access;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>Every route of the server has a rule here: a new one without a rule fails.</summary>
public sealed class RouteRightsTests : IAsyncLifetime
{
    /// <summary>Who may call a route.</summary>
    private enum Who
    {
        /// <summary>Every client, with no token either.</summary>
        All,

        /// <summary>Every token.</summary>
        Readers,

        /// <summary>Runners and admins.</summary>
        Runners,

        /// <summary>The owner of the batch or schedule, and admins.</summary>
        Owners,

        /// <summary>Admins.</summary>
        Admins,
    }

    private static readonly Dictionary<string, Who> Rules = new(StringComparer.Ordinal)
    {
        ["GET /"] = Who.All,
        ["GET /assets/{name}"] = Who.All,
        ["GET /healthz"] = Who.All,
        ["GET /readyz"] = Who.All,
        ["GET /openapi.json"] = Who.All,
        ["POST /api/session"] = Who.All,
        ["DELETE /api/session"] = Who.All,
        ["GET /api/session"] = Who.Readers,
        ["GET /api/limits"] = Who.Readers,
        ["POST /api/plan"] = Who.Readers,
        ["POST /api/batches"] = Who.Runners,
        ["GET /api/batches"] = Who.Readers,
        ["GET /api/batches/{id}"] = Who.Readers,
        ["PATCH /api/batches/{id}"] = Who.Owners,
        ["GET /api/batches/{id}/runs"] = Who.Readers,
        ["GET /api/batches/{id}/report"] = Who.Readers,
        ["GET /api/batches/{id}/runs/{index:long}/response"] = Who.Readers,
        ["GET /api/batches/{id}/events"] = Who.Readers,
        ["POST /api/batches/{id}/pause"] = Who.Owners,
        ["POST /api/batches/{id}/continue"] = Who.Owners,
        ["POST /api/batches/{id}/resume"] = Who.Owners,
        ["POST /api/batches/{id}/retry"] = Who.Owners,
        ["POST /api/batches/{id}/cancel"] = Who.Owners,
        ["GET /api/batches/{id}/response"] = Who.Readers,
        ["GET /api/batches/{id}/responses"] = Who.Readers,
        ["GET /api/batches/{id}/status"] = Who.Readers,
        ["GET /api/batches/{id}/summary"] = Who.Readers,
        ["GET /api/batches/{id}/expectations"] = Who.Readers,
        ["GET /api/diff"] = Who.Readers,
        ["GET /api/find"] = Who.Readers,
        ["GET /api/reports"] = Who.Readers,
        ["GET /api/events"] = Who.Readers,
        ["GET /api/schedules"] = Who.Readers,
        ["GET /api/schedules/{number:long}"] = Who.Readers,
        ["DELETE /api/schedules/{number:long}"] = Who.Owners,
        ["POST /api/schedules/{number:long}/pause"] = Who.Owners,
        ["POST /api/schedules/{number:long}/continue"] = Who.Owners,
        ["GET /api/services"] = Who.Readers,
        ["GET /api/nodes"] = Who.Readers,
        ["GET /api/audit"] = Who.Admins,
    };

    private readonly ServerRoom _room = new();

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public void Every_route_has_a_rule()
    {
        Assert.Equal(
            Rules.Keys.Order(StringComparer.Ordinal),
            Routes().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Every_route_obeys_its_rule_for_a_batch_and_a_schedule_of_another_owner()
    {
        await FillAsync();
        using var tokenless = new HttpClient { BaseAddress = _room.Address };
        using var wrong = new HttpClient { BaseAddress = _room.Address };
        wrong.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        using var viewer = _room.ClientOf("eve", Role.Viewer);
        using var other = _room.ClientOf("bob", Role.Runner);
        using var admin = _room.ClientOf("root", Role.Admin);

        var faults = new List<string>();
        foreach (var (route, who) in Rules)
        {
            await CheckAsync("without a token", tokenless, HttpStatusCode.Unauthorized, mayCall: who == Who.All);
            await CheckAsync("with a wrong token", wrong, HttpStatusCode.Unauthorized, mayCall: who == Who.All);
            await CheckAsync("a viewer", viewer, HttpStatusCode.Forbidden, mayCall: who <= Who.Readers);
            await CheckAsync("another runner", other, HttpStatusCode.Forbidden, mayCall: who <= Who.Runners);

            async Task CheckAsync(string caller, HttpClient client, HttpStatusCode refusal, bool mayCall)
            {
                var status = await StatusAsync(client, route);
                var isRefused = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                // To sign in, a wrong token is as good as none.
                var isWrong = mayCall ? isRefused && route != "POST /api/session" : status != refusal;
                if (isWrong)
                {
                    faults.Add($"{route}, {caller}: {(int)status}");
                }
            }
        }

        Assert.Empty(faults);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(admin, "GET /api/audit"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(admin, "DELETE /api/schedules/{number:long}"));
    }

    [Fact]
    public async Task No_page_of_another_site_can_use_a_route_that_changes_anything()
    {
        await FillAsync();
        using var admin = _room.ClientOf("root", Role.Admin);
        admin.DefaultRequestHeaders.Add("Origin", "http://evil.example");

        foreach (var route in Rules.Keys.Where(route => !route.StartsWith("GET ", StringComparison.Ordinal)))
        {
            Assert.Equal((route, HttpStatusCode.Forbidden), (route, await StatusAsync(admin, route)));
        }
    }

    [Fact]
    public async Task A_token_in_an_address_is_no_token_for_any_route()
    {
        var secret = _room.ClientOf("root", Role.Admin).DefaultRequestHeaders.Authorization!.Parameter!;
        using var client = new HttpClient { BaseAddress = _room.Address };

        foreach (var (route, who) in Rules.Where(rule => rule.Value != Who.All))
        {
            foreach (var name in new[] { "token", "access_token", "authorization" })
            {
                Assert.Equal(
                    (route, HttpStatusCode.Unauthorized),
                    (route, await StatusAsync(client, route, $"?{name}={secret}"))
                );
            }
        }
    }

    private async Task FillAsync()
    {
        using var owner = _room.ClientOf("alice", Role.Runner);
        (await ServerRoom.PostAsync(owner, ServerRoom.Nap(3600))).EnsureSuccessStatusCode().Dispose();
        (
            await ServerRoom.PostAsync(
                owner,
                ServerRoom.Nap(0).Replace("nap", "nightly", StringComparison.Ordinal)
                    + "\nschedule: { cron: '@daily' }\n"
            )
        )
            .EnsureSuccessStatusCode()
            .Dispose();
    }

    private IEnumerable<string> Routes() =>
        from endpoint in _room.Server.Part<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
        select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string route, string query = "")
    {
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var path = pattern
            .Replace("{id}", "nap-1", StringComparison.Ordinal)
            .Replace("{index:long}", "0", StringComparison.Ordinal)
            .Replace("{number:long}", "1", StringComparison.Ordinal)
            .Replace("{name}", "app.js", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), path + query);
        request.Content = (method, pattern) switch
        {
            ("PATCH", _) => Json("""{"limits":{"concurrency":1}}"""),
            ("POST", "/api/session") => Json("""{"token":"wrong"}"""),
            ("POST", "/api/plan" or "/api/batches") => new StringContent(
                ServerRoom.Nap(0),
                Encoding.UTF8,
                "application/yaml"
            ),
            _ => null,
        };
        // A stream of events has no end.
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}

using System.Net;
using System.Text;
using AimmsOrchestrator.Domain.Access;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>A server behind a reverse proxy on its machine, which has the name and speaks TLS.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private const string Name = "batch.example.com";

    private readonly ServerRoom _room = new();

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Without_a_token_a_name_that_merely_resolves_to_this_machine_is_refused() =>
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(_room.Client));

    /// <summary>As nginx does it unless its settings say otherwise: by the address that it asks, which is this machine's.</summary>
    [Fact]
    public async Task Without_a_token_what_a_proxy_passes_on_is_refused_by_whatever_name()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/batches", UriKind.Relative));
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var answer = await _room.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("203.0.113.7", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_token_is_asked_for_the_name_is_the_proxys()
    {
        using var viewer = _room.ClientOf("eve", Role.Viewer);
        using var client = new HttpClient { BaseAddress = _room.Address };

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(viewer));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client));
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData(null, false)]
    public async Task A_session_that_was_begun_over_TLS_is_for_TLS_alone(string? scheme, bool isSecure)
    {
        using var runner = _room.ClientOf("alice", Role.Runner);
        var token = runner.DefaultRequestHeaders.Authorization!.Parameter;
        using var client = new HttpClient { BaseAddress = _room.Address };
        using var request = Request(HttpMethod.Post, "/api/session");
        request.Headers.Add("Origin", $"{scheme ?? "http"}://{Name}");
        if (scheme is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", scheme);
        }

        request.Content = new StringContent($$"""{"token":"{{token}}"}""", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(isSecure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var request = Request(HttpMethod.Get, "/api/batches");
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Host = Name;
        return request;
    }
}

using System.Net;
using AimmsOrchestrator.Batches.Hooks;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Testing.Machine;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Batches.Hooks;

/// <summary>The receiver over real HTTP.</summary>
public sealed class HookReceiverTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private readonly List<HookCall> _calls = [];
    private HookReceiver _receiver = null!;
    private TaskHook _hook = null!;

    public async Task InitializeAsync()
    {
        // However slow the machine, all calls come within a second: the clock stands still.
        _receiver = await HookReceiver.StartAsync(
            new Uri($"http://127.0.0.1:{FreePorts.Next()}/hooks/a"),
            new FakeTimeProvider()
        );
        _hook = _receiver.Hooks.Open(call =>
        {
            lock (_calls)
            {
                _calls.Add(call);
            }
        });
    }

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("queued", false)]
    [InlineData("Solving", false)]
    [InlineData("completed", true)]
    [InlineData("failed", true)]
    [InlineData("a-new-word", true)]
    [InlineData("", true)]
    public async Task A_call_is_passed_on_and_answered_at_once(string state, bool isOfEnd)
    {
        Assert.Equal(
            HttpStatusCode.NoContent,
            await PutAsync($"{_hook.Address}&task_uuid=1&task_state={state}&hmac=x")
        );
        Assert.Equal(new HookCall(_hook.Id, isOfEnd), Assert.Single(_calls));
    }

    [Fact]
    public async Task A_call_may_have_a_body()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync($"{_hook.Address}", new StringContent("{}")));
    }

    [Fact]
    public async Task A_forged_key_no_key_and_another_path_are_not_found()
    {
        var address = _hook.Address.ToString();
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(address + "x"));
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(address.Split('?')[0]));
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(address.Replace("/a?", "/b?", StringComparison.Ordinal)));
        Assert.Empty(_calls);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Any_method_but_PUT_is_refused(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), _hook.Address);
        using var response = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task Huge_requests_are_refused()
    {
        Assert.Equal(HttpStatusCode.RequestUriTooLong, await PutAsync($"{_hook.Address}&x={new string('x', 5_000)}"));
        using var headers = new HttpRequestMessage(HttpMethod.Put, _hook.Address);
        headers.Headers.Add("X-Long", new string('x', 9_000));
        using var refused = await _http.SendAsync(headers);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, refused.StatusCode);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            await PutAsync($"{_hook.Address}", new ByteArrayContent(new byte[70_000]))
        );
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task A_flood_at_one_hook_is_cut_and_leaves_the_others_alone()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 200; i++)
        {
            answers.Add(await PutAsync($"{_hook.Address}"));
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.InRange(_calls.Count, 50, 199);
        var other = _receiver.Hooks.Open(_ => { });
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync($"{other.Address}"));
    }

    [Fact]
    public async Task A_closed_hook_is_answered_for_a_while()
    {
        _receiver.Hooks.Close(_hook);
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync($"{_hook.Address}"));
        for (var i = 0; i < 1_000; i++)
        {
            _receiver.Hooks.Close(_receiver.Hooks.Open(_ => { }));
        }

        Assert.Equal(HttpStatusCode.NotFound, await PutAsync($"{_hook.Address}"));
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line()
    {
        var problem = await Assert.ThrowsAsync<HookPortException>(() =>
            HookReceiver.StartAsync(new Uri(_hook.Address.GetLeftPart(UriPartial.Path)), TimeProvider.System)
        );

        Assert.Matches(
            $"^poll.hook: port {_hook.Address.Port} cannot be listened on: another program listens on it; [0-9]+ is free$",
            problem.Message
        );
    }

    private async Task<HttpStatusCode> PutAsync(string address, HttpContent? content = null)
    {
        using var response = await _http.PutAsync(new Uri(address), content);
        return response.StatusCode;
    }
}

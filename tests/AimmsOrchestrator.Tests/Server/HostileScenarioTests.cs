using System.Net;
using System.Text;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>Scenarios that would take the server's time or memory for themselves.</summary>
public sealed class HostileScenarioTests : IAsyncLifetime
{
    private const string Head = "name: hostile\nservice: { use: dev, name: sleep }\n";
    private const string Late = "it takes longer than 2 seconds";
    private const string Loop = "(() => { let x = 0; while (true) { x++; } })()";

    private readonly ServerRoom _room = new();

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Theory]
    [InlineData("a grid of 10^12 runs", "1000000000000 runs or more, and this server allows 1000000")]
    [InlineData("a condition that keeps nothing of 10^9 points", "takes longer than 2 s")]
    [InlineData("a thousand endless expressions", "executes more than a million statements")]
    [InlineData("aliases that multiply", "more than")]
    [InlineData("brackets without an end", "deep")]
    [InlineData("a text of a gigabyte", "million")]
    [InlineData("10^12 values of a range", "1000000000001 runs or more")]
    public async Task What_would_never_end_is_refused_in_time(string attack, string why)
    {
        var scenario = attack switch
        {
            "a grid of 10^12 runs" => Head
                + "sweep: { matrix: { a: { from: 1, to: 1000000, step: 1 }, b: { from: 1, to: 1000000, step: 1 } } }\nrequest: { json: { a: \"${{ a }}\", b: \"${{ b }}\" } }\n",
            "a condition that keeps nothing of 10^9 points" => Head
                + "sweep: { matrix: { a: { from: 1, to: 40000, step: 1 }, b: { from: 1, to: 40000, step: 1 } }, when: a + b < 0 }\nrequest: { json: { a: \"${{ a }}\", b: \"${{ b }}\" } }\n",
            "a thousand endless expressions" => Head
                + $"request:\n  json:\n{string.Concat(Enumerable.Range(0, 1000).Select(n => $"    k{n}: \"${{{{ {Loop} }}}}\"\n"))}",
            "aliases that multiply" => "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
                + string.Concat(
                    Enumerable
                        .Range(1, 9)
                        .Select(n =>
                            $"{(char)('a' + n)}: &{(char)('a' + n)} [{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + n - 1)}", 10))}]\n"
                        )
                )
                + Head,
            "brackets without an end" => Head + "request: { json: " + new string('[', 100_000) + "\n",
            "a text of a gigabyte" => Head + "request: { json: { a: \"${{ 'x'.repeat(1 << 29) + 'y' }}\" } }\n",
            _ => Head
                + "sweep: { matrix: { a: { from: 0, to: 1, step: 1e-12 } } }\nrequest: { json: { a: \"${{ a }}\" } }\n",
        };
        await _room.StopAsync();
        // What is refused for another reason is not refused for the time that it took: not on a slow machine either.
        await _room.StartAsync(
            $"limits: {{ reading: {(why.EndsWith("2 s", StringComparison.Ordinal) ? "2s" : "10m")} }}\n"
        );

        using var refused = await ServerRoom.PostAsync(_room.Client, scenario, "/api/plan");

        var answer = await refused.Content.ReadAsStringAsync();
        Assert.True(refused.StatusCode == HttpStatusCode.UnprocessableEntity, answer[..Math.Min(answer.Length, 500)]);
        // There the time that one expression may take may also be up before its statements are.
        var isLate =
            why.EndsWith("statements", StringComparison.Ordinal) && answer.Contains(Late, StringComparison.Ordinal);
        Assert.True(isLate || answer.Contains(why, StringComparison.Ordinal), answer[..Math.Min(answer.Length, 500)]);
    }

    [Fact]
    public async Task Another_batch_ends_beside_expressions_that_take_all_the_time_they_may()
    {
        var heavy =
            ServerRoom
                .Nap(0)
                .Replace("nap", "heavy", StringComparison.Ordinal)
                .Replace("[1, 2, 3]", "{ from: 1, to: 400, step: 1 }", StringComparison.Ordinal)
            + $"\nsuccess: \"{Loop} > 0\"\n";
        using (var begun = await ServerRoom.PostAsync(_room.Client, heavy))
        {
            Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        }

        await ServerRoom.FinishAsync(
            _room.Client,
            ServerRoom
                .Nap(0.001)
                .Replace("nap", "beside", StringComparison.Ordinal)
                .Replace("[1, 2, 3]", "{ from: 1, to: 50, step: 1 }", StringComparison.Ordinal)
        );
        var heavyBatch = await _room.GetAsync("/api/batches/heavy-1");

        using var cancelled = await _room.Client.PostAsync(
            new Uri("/api/batches/heavy-1/cancel", UriKind.Relative),
            content: null
        );
        Assert.Equal("running", (string?)heavyBatch["state"]);
    }

    [Fact]
    public async Task A_condition_of_a_retry_has_a_limit_of_time_for_all_runs_together()
    {
        const string Slow = "(() => { let x = 0; while (x < 100000) { x++; } return true; })()";
        var id = await ServerRoom.FinishAsync(
            _room.Client,
            ServerRoom.Nap(0).Replace("[1, 2, 3]", "{ from: 1, to: 200, step: 1 }", StringComparison.Ordinal)
                + "\nsuccess: n < 0\n"
        );
        await _room.StopAsync();
        await _room.StartAsync("limits: { reading: 100ms }\n");

        using var refused = await _room.Client.PostAsync(
            new Uri($"/api/batches/{id}/retry?notSuccess=true&where={Uri.EscapeDataString(Slow)}", UriKind.Relative),
            content: null
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "takes longer than 0.1 s for the runs that failed",
            (string?)(await ServerRoom.JsonAsync(refused))["detail"],
            StringComparison.Ordinal
        );
        Assert.Equal("finished", (string?)(await _room.GetAsync($"/api/batches/{id}"))["state"]);
    }
}

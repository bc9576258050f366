using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using AimmsOrchestrator.Domain.Access;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>Tokens, and everything that a server writes at its most talkative: none of it has any part of one.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework awaits DisposeAsync.")]
public sealed class TokenLeakTests : IAsyncLifetime
{
    private static readonly string[] Paths =
    [
        "/",
        "/assets/app.js",
        "/openapi.json",
        "/api/session",
        "/api/limits",
        "/api/audit",
        "/api/services",
        "/api/nodes",
        "/api/batches",
        "/api/batches/nap-1",
        "/api/batches/nap-1/status",
        "/api/batches/nap-1/runs",
        "/api/batches/nap-1/events",
        "/api/batches/nap-1/report",
        "/api/batches/nap-1/report?format=xlsx",
        "/api/batches/nap-1/runs/0/response",
        "/api/batches/none",
        "/api/nothing",
    ];

    private readonly TalkativeLog _log = new();
    private readonly ServerRoom _room;

    public TokenLeakTests() =>
        _room = new ServerRoom { Logging = logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace) };

    public Task InitializeAsync() => _room.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _room.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task A_token_is_in_no_log_page_answer_event_report_or_file()
    {
        using var client = _room.ClientOf("alice", Role.Admin);
        var secret = client.DefaultRequestHeaders.Authorization!.Parameter!;
        var said = new StringBuilder();

        using (var body = new StringContent($$"""{"token":"{{secret}}"}""", Encoding.UTF8, "application/json"))
        {
            await HearAsync(client.PostAsync(new Uri("/api/session", UriKind.Relative), body));
        }

        using (var body = new StringContent($"name: x\n{secret}: 1\n", Encoding.UTF8, "text/html"))
        {
            await HearAsync(client.PostAsync(new Uri("/api/batches", UriKind.Relative), body));
        }

        await ServerRoom.FinishAsync(client, ServerRoom.Nap(0));
        foreach (var path in Paths)
        {
            await HearAsync(client.GetAsync(new Uri(path, UriKind.Relative)));
        }

        client.DefaultRequestHeaders.Add("Cookie", $"aimms-batch-session={secret}");
        client.DefaultRequestHeaders.Authorization = new("Bearer", $"{secret}x");
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await HearAsync(client.GetAsync(new Uri("/api/batches", UriKind.Relative)))
        );

        Assert.Contains("/api/batches", _log.Text, StringComparison.Ordinal);
        AssertWithout(secret, "the log", _log.Text);
        AssertWithout(secret, "answers", said.ToString());
        await _room.StopAsync();
        foreach (var file in Directory.EnumerateFiles(_room.Workspace.Folder, "*", SearchOption.AllDirectories))
        {
            AssertWithout(secret, file, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        }

        async Task<HttpStatusCode> HearAsync(Task<HttpResponseMessage> asked)
        {
            using var response = await asked;
            said.Append(response.Headers)
                .Append(Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync()));
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("token")]
    [InlineData("access_token")]
    [InlineData("api_key")]
    public async Task A_token_in_an_address_is_refused_and_not_repeated(string name)
    {
        var secret = _room.ClientOf("alice", Role.Admin).DefaultRequestHeaders.Authorization!.Parameter!;

        using var refused = await _room.Client.GetAsync(new Uri($"/api/batches?{name}={secret}", UriKind.Relative));
        using var missing = await _room.Client.GetAsync(new Uri($"/api/{secret}?{name}={secret}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        AssertWithout(secret, "the answer", $"{refused.Headers}{await refused.Content.ReadAsStringAsync()}");
        Assert.DoesNotContain($"{name}={secret}", await missing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // What the program shows of the web server's own log: warnings and errors.
        AssertWithout(secret, "the log", _log.Warnings);
    }

    private static void AssertWithout(string secret, string where, string text)
    {
        // Sixteen letters of it are 64 bits.
        for (var start = "aimms-batch-".Length; start + 16 <= secret.Length; start += 8)
        {
            var part = secret.Substring(start, 16);
            Assert.False(text.Contains(part, StringComparison.OrdinalIgnoreCase), $"{where} has a part of the token");
        }
    }

    /// <summary>All that is logged, with its values, scopes and exceptions.</summary>
    private sealed class TalkativeLog : ILoggerProvider
    {
        private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

        public string Text => string.Join('\n', _entries.Select(entry => entry.Text));

        public string Warnings =>
            string.Join('\n', _entries.Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.Text));

        public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

        public void Dispose() => _entries.Clear();

        private sealed class Writer(TalkativeLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
            {
                Add(LogLevel.Trace, state);
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel,
                EventId eventId,
                TState state,
                Exception? exception,
                Func<TState, Exception?, string> formatter
            )
            {
                Add(logLevel, formatter(state, exception));
                Add(logLevel, state);
                Add(logLevel, exception);
            }

            private void Add(LogLevel level, object? what)
            {
                var text = what is IEnumerable<KeyValuePair<string, object?>> values
                    ? string.Join(", ", values.Select(value => $"{value.Key}={value.Value}"))
                    : $"{what}";
                log._entries.Enqueue((level, $"{category}: {text}"));
            }
        }
    }
}

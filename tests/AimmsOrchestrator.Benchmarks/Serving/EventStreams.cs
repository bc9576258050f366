namespace AimmsOrchestrator.Benchmarks.Serving;

/// <summary>Clients that follow a batch.</summary>
internal sealed class EventStreams : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _client;
    private readonly Task _all;
    private long _events;

    public EventStreams(ServedAccount account, string batch, int count)
    {
        _client = account.Client();
        _all = Task.WhenAll(Enumerable.Range(0, count).Select(_ => FollowAsync(batch)));
    }

    /// <summary>How many events they have got together.</summary>
    public long Events => Interlocked.Read(ref _events);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _end.Dispose();
    }

    private async Task FollowAsync(string batch)
    {
        using var events = new StreamReader(
            await _client
                .GetStreamAsync(new Uri($"/api/batches/{batch}/events", UriKind.Relative), _end.Token)
                .ConfigureAwait(false)
        );
        while (await events.ReadLineAsync(_end.Token).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("event:", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _events);
            }
        }
    }
}

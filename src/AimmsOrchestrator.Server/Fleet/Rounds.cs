namespace AimmsOrchestrator.Server.Fleet;

/// <summary>Does something at once and again after each interval, until it is stopped. A round that fails is reported; the next one comes.</summary>
/// <param name="interval">Between two rounds.</param>
/// <param name="round">What is done.</param>
/// <param name="failed">Reports why a round failed.</param>
/// <param name="time">The clock of the intervals.</param>
internal sealed class Rounds(TimeSpan interval, Func<Task> round, Action<Exception> failed, TimeProvider time)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _rounds = Task.CompletedTask;

    /// <summary>Cancelled once no other round comes.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Start() => _rounds = Task.Run(RunAsync);

    /// <summary>Lets the round under way end, and begins no other.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _rounds;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await round();
            }
            catch (Exception e)
            {
                failed(e);
            }
        } while (await NextAsync(timer));
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

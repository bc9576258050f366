using AimmsOrchestrator.Domain.Journaling;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>
/// Does something at once and again after each interval, until it is stopped. A round that fails is logged, and the next one comes; an
/// outage of the journal is a line at its beginning and one at its end.
/// </summary>
/// <param name="interval">Between two rounds.</param>
/// <param name="round">What is done.</param>
/// <param name="log">Gets why a round failed.</param>
/// <param name="time">The clock of the intervals.</param>
internal sealed partial class Rounds(TimeSpan interval, Func<Task> round, ILogger log, TimeProvider time)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _rounds = Task.CompletedTask;
    private string? _outage;

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
                EndOutage();
            }
            catch (JournalException e)
            {
                BeginOutage(e.Message);
            }
            catch (Exception e)
            {
                LogFailure(e);
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

    private void BeginOutage(string reason)
    {
        if (_outage is null)
        {
            LogOutage(reason);
        }

        _outage = reason;
    }

    private void EndOutage()
    {
        if (_outage is { } reason)
        {
            LogBack(reason);
            _outage = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private partial void LogOutage(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "the workspace is back; it failed last with: {Reason}")]
    private partial void LogBack(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "a round could not be done to its end")]
    private partial void LogFailure(Exception exception);
}

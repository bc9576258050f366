using System.Net;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>
/// Calls the hooks of tasks that change their state, as the cloud does: PUT, a strict timeout, no retry, no redirect. The calls
/// of one task are made one after the other; the service itself never waits for them.
/// </summary>
internal sealed class HookCaller : IDisposable
{
    private const int MostAtATime = 64;

    /// <summary>More calls than this that wait are dropped: calls may be lost.</summary>
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan Strict = TimeSpan.FromSeconds(2);

    private readonly FaultOptions _faults;
    private readonly SeededRandom _random;
    private readonly TimeProvider _time;
    private readonly TrafficLog _traffic;
    private readonly SemaphoreSlim _free = new(MostAtATime);
    private readonly CancellationTokenSource _stopped = new();
    private readonly HttpClient _http;
    private int _calls;
    private int _waiting;

    public HookCaller(FaultOptions faults, SeededRandom random, TimeProvider time, TrafficLog traffic)
    {
        (_faults, _random, _time, _traffic) = (faults, random, time, traffic);
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectTimeout = Strict,
                MaxConnectionsPerServer = MostAtATime,
            }
        )
        {
            Timeout = Strict,
        };
    }

    /// <summary>A task has changed its state; returns at once.</summary>
    public void Changed(EmulatedTask task)
    {
        if (task.Hook is not { } hook || IsLost())
        {
            return;
        }

        var address = hook.CallAddress(task.Id, task.State, _time.GetUtcNow());
        var times = _random.Happens(_faults.HookTwice) ? 2 : 1;
        for (var i = 0; i < times; i++)
        {
            var isLate = _random.Happens(_faults.HookShuffle);
            var before = isLate ? Task.CompletedTask : task.HookCalls ?? Task.CompletedTask;
            task.HookCalls = CallAsync(before, isLate, address);
        }
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _http.Dispose();
        _free.Dispose();
        _stopped.Dispose();
    }

    private bool IsLost() =>
        (_faults.HookStop > 0 && Interlocked.Increment(ref _calls) > _faults.HookStop)
        || _random.Happens(_faults.HookLost)
        || Volatile.Read(ref _waiting) >= MostWaiting;

    /// <param name="before">The task's call before this one.</param>
    /// <param name="isLate">Whether it comes late, after the later ones perhaps.</param>
    /// <param name="address">The address.</param>
    private async Task CallAsync(Task before, bool isLate, Uri address)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            // The caller holds a lock.
            await Task.Yield();
            var delay = _faults.HookDelaySeconds + (isLate ? _random.Next() : 0);
            if (delay > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(delay), _time, _stopped.Token);
            }

            await before.ConfigureAwait(false);
            await _free.WaitAsync(_stopped.Token).ConfigureAwait(false);
            try
            {
                await SendAsync(address).ConfigureAwait(false);
            }
            finally
            {
                _free.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The service ends: its calls are lost.
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task SendAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, address);
        try
        {
            using var response = await _http.SendAsync(request, _stopped.Token).ConfigureAwait(false);
            _traffic.CountHookCall(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            _traffic.CountHookCall(isTaken: false);
        }
    }
}

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>
/// The time that is spent on reading a scenario, which is not trusted: its sweep may be endless to walk, and its expressions slow.
/// Each owner has one reading at a time, so that many of them take no more than a processor.
/// </summary>
internal sealed class Reading : IDisposable
{
    private readonly SemaphoreSlim _turn;
    private readonly TimeSpan _longest;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly CancellationTokenSource _source;

    /// <param name="turn">The owner's turn, which it has until it is disposed of.</param>
    /// <param name="longest">How long it may take.</param>
    /// <param name="time">The clock.</param>
    public Reading(SemaphoreSlim turn, TimeSpan longest, TimeProvider time)
    {
        (_turn, _longest, _time) = (turn, longest, time);
        _began = time.GetTimestamp();
        _source = new CancellationTokenSource(longest, time);
    }

    /// <summary>Cancelled when the time is over, and never once the reading has been disposed of.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What was read is to be used: expressions are evaluated from now on however long that takes.</summary>
    /// <exception cref="OperationCanceledException">The time was over before, even where a busy machine's timer is late.</exception>
    public void End()
    {
        if (_time.GetElapsedTime(_began) > _longest)
        {
            _source.Cancel();
        }

        _source.CancelAfter(Timeout.InfiniteTimeSpan);
        _source.Token.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _source.Dispose();
        _turn.Release();
    }
}

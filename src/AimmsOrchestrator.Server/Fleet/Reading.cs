namespace AimmsOrchestrator.Server.Fleet;

/// <summary>
/// The time that is spent on reading a scenario, which is not trusted: its sweep may be endless to walk, and its expressions slow.
/// Each owner has one reading at a time, so that many of them take no more than a processor.
/// </summary>
internal sealed class Reading : IDisposable
{
    private readonly SemaphoreSlim _turn;
    private readonly CancellationTokenSource _source;

    internal Reading(SemaphoreSlim turn, CancellationTokenSource source) => (_turn, _source) = (turn, source);

    /// <summary>Cancelled when the time is over, and never once the reading has been disposed of.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The scenario is read, and is to be run: its expressions are evaluated from now on however long that takes.</summary>
    /// <exception cref="OperationCanceledException">The time was over before.</exception>
    public void End()
    {
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
        _source.Token.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _source.Dispose();
        _turn.Release();
    }
}

using AimmsOrchestrator.Tests.Testing.Threads;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>
/// Holds an asynchronous call of a fake up until the test opens it. The only way in which a fake may wait: what follows
/// from the opening has happened, on the test's own thread, when <see cref="Open"/> returns.
/// </summary>
internal sealed class Gate(TestThread thread)
{
    private readonly TaskCompletionSource _opened = new();
    private int _waiting;

    /// <summary>Waits until the gate is open.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        _waiting++;
        try
        {
            await _opened.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _waiting--;
        }
    }

    public void Open()
    {
        thread.Act(_opened.SetResult);
        Assert.True(_waiting == 0, "A call that waits at a gate went on elsewhere than on the test's own thread.");
    }
}

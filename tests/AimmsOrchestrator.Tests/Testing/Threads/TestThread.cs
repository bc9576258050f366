namespace AimmsOrchestrator.Tests.Testing.Threads;

/// <summary>
/// The thread on which the actors of a test may run: the one that acts, and only while it acts. A continuation that ran
/// elsewhere would race with the clock, and the test would fail now and then. Here it fails each time, and says why.
/// </summary>
internal sealed class TestThread
{
    private int _acting;
    private string? _stray;

    /// <summary>Whether an actor may run on this thread only; false while the actor system starts and stops.</summary>
    public bool IsGuarded { get; set; }

    /// <summary>
    /// Does something to the actors. Everything that follows from it has happened when this returns: without a
    /// synchronization context a continuation runs where its task is completed, rather than on a thread of the pool.
    /// </summary>
    public void Act(Action action)
    {
        var (acting, context) = (_acting, SynchronizationContext.Current);
        _acting = Environment.CurrentManagedThreadId;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            _acting = acting;
        }

        Check();
    }

    /// <summary>An actor is about to run on the current thread.</summary>
    public void Enter()
    {
        if (IsGuarded && _acting != Environment.CurrentManagedThreadId)
        {
            Interlocked.CompareExchange(ref _stray, Environment.StackTrace, null);
        }
    }

    /// <exception cref="InvalidOperationException">An actor ran elsewhere.</exception>
    public void Check()
    {
        if (Volatile.Read(ref _stray) is { } stray)
        {
            throw new InvalidOperationException(
                $"An actor ran while the test was not acting, or on another thread:\n{stray}"
            );
        }
    }
}

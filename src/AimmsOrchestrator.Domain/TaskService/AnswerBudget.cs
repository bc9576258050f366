namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>
/// Bounds the memory of all large answers together: of those above <see cref="Small"/> bytes, one at a time is in memory in
/// this process, from the moment it is loaded until its lease is disposed of.
/// </summary>
public static class AnswerBudget
{
    /// <summary>Answers up to this size, 4 MB, need no lease.</summary>
    public const int Small = 4 << 20;

    private static readonly SemaphoreSlim Gate = new(1, 1);

    /// <summary>Waits until no other large answer is in memory.</summary>
    public static async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Lease();
    }

    /// <summary>The same, for a thread that has nothing else to do.</summary>
    public static IDisposable Enter()
    {
        Gate.Wait();
        return new Lease();
    }

    /// <summary>Gives the place back once, however it goes out of use.</summary>
    private sealed class Lease : IDisposable
    {
        private int _isReleased;

#pragma warning disable MA0055 // A lease in a message to an actor that has stopped is only ever collected.
        ~Lease() => Release();
#pragma warning restore MA0055

        public void Dispose()
        {
            Release();
            GC.SuppressFinalize(this);
        }

        private void Release()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0)
            {
                Gate.Release();
            }
        }
    }
}

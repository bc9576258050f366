using System.Diagnostics;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Waits for what another thread or process does.</summary>
internal static class Waiting
{
    /// <summary>How long a test waits for what must come: longer than the slowest machine takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMilliseconds(10);

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(BetweenPolls);
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, "it did not come to that");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>The same for a test that holds its thread.</summary>
    /// <returns>False where it did not come to that.</returns>
    public static bool Until(Func<bool> condition) => SpinWait.SpinUntil(condition, Patience);
}

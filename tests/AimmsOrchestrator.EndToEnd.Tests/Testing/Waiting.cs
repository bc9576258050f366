using System.Diagnostics;

namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>Waits for something that another process or thread does.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMilliseconds(10);

    public static async Task UntilAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(BetweenPolls);
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, "it did not come to that");
            await timer.WaitForNextTickAsync();
        }
    }
}

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>Asks a server that was there a moment ago until it answers.</summary>
internal static class Patiently
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="server">The server.</param>
    /// <param name="say">Shows a line.</param>
    /// <param name="ask">Asks; it changes nothing, and may be repeated.</param>
    /// <param name="cancellation">Ends the trying.</param>
    /// <exception cref="ServerProblemException">The server refuses, or stays away for ten minutes.</exception>
    public static async Task<T> Async<T>(
        RemoteServer server,
        Action<string> say,
        Func<Task<T>> ask,
        CancellationToken cancellation
    )
    {
        var (begun, outage) = (server.Time.GetTimestamp(), new Outage(server, say));
        while (true)
        {
            try
            {
                var answer = await ask();
                outage.End();
                return answer;
            }
            catch (ServerProblemException e) when (e.IsPassing && server.Time.GetElapsedTime(begun) < Longest)
            {
                outage.Begin(e.Message);
                await Task.Delay(outage.NextWait(FirstWait, LongestWait), server.Time, cancellation);
            }
        }
    }
}

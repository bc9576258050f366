using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>A time without the server: said when it begins and when it ends, and now and then between.</summary>
/// <param name="server">The server.</param>
/// <param name="say">Shows a line.</param>
internal sealed class Outage(RemoteServer server, Action<string> say)
{
    private static readonly TimeSpan FirstReminder = TimeSpan.FromMinutes(1);

    private long? _since;
    private TimeSpan _reminder;
    private TimeSpan _wait;

    /// <summary>The server is away, or still is.</summary>
    public void Begin(string why)
    {
        if (_since is not { } since)
        {
            (_since, _reminder, _wait) = (server.Time.GetTimestamp(), FirstReminder, TimeSpan.Zero);
            say($"connection to {server.Address.Name} lost: {Reason(why)}; the batch goes on there, trying again");
        }
        else if (server.Time.GetElapsedTime(since) is var elapsed && elapsed > _reminder)
        {
            _reminder *= 2;
            say($"{server.Address.Name} is away for {elapsed.Text()}: {Reason(why)}; trying again");
        }
    }

    /// <summary>The server is there.</summary>
    public void End()
    {
        if (_since is { } since)
        {
            say($"connected to {server.Address.Name} again after {server.Time.GetElapsedTime(since).Text()}");
            _since = null;
        }
    }

    /// <summary>How long to wait before the next try: doubled each time.</summary>
    public TimeSpan NextWait(TimeSpan first, TimeSpan longest)
    {
        _wait = _wait == TimeSpan.Zero ? first : _wait * 2;
        return _wait < longest ? _wait : longest;
    }

    /// <summary>The server's name stands in the line already.</summary>
    private string Reason(string why) =>
        why.StartsWith(server.Address.Name, StringComparison.Ordinal)
            ? why[server.Address.Name.Length..].TrimStart(':', ' ').OneLine()
            : why.OneLine();
}

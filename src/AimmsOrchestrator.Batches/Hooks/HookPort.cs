using System.Net;
using System.Net.Sockets;

namespace AimmsOrchestrator.Batches.Hooks;

/// <summary>Whether the port of <c>poll.hook</c> is free.</summary>
internal static class HookPort
{
    private const int MostTried = 100;

    /// <summary>Why the port cannot be listened on, as far as can be said before it is, in one sentence; null where it can.</summary>
    public static string? WhyNot(Uri hook) =>
        Problem(hook, hook.Port) is { } problem ? Refused(hook, problem).Message : null;

    /// <summary>The port cannot be listened on, for that reason.</summary>
    public static HookPortException Refused(Uri hook, Exception reason)
    {
        var isTaken = Root(reason) is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };
        var why = isTaken ? $"another program listens on it{Free(hook)}" : Root(reason).Message;
        return new HookPortException($"poll.hook: port {hook.Port} cannot be listened on: {why}", reason);
    }

    private static Exception Root(Exception reason) => reason.InnerException is { } inner ? Root(inner) : reason;

    private static string Free(Uri hook) =>
        Enumerable
            .Range(hook.Port + 1, Math.Min(MostTried, IPEndPoint.MaxPort - hook.Port))
            .Where(port => Problem(hook, port) is null)
            .Select(port => $"; {port} is free")
            .FirstOrDefault("");

    private static SocketException? Problem(Uri hook, int port)
    {
        try
        {
            using var listener =
                !hook.IsLoopback ? TcpListener.Create(port)
                : IPAddress.TryParse(hook.DnsSafeHost, out var address) ? new TcpListener(address, port)
                : new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e;
        }
    }
}

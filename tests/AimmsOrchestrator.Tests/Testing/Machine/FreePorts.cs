using System.Net;
using System.Net.Sockets;

namespace AimmsOrchestrator.Tests.Testing.Machine;

/// <summary>
/// Ports for what listens later, on both loopback addresses. They are below those that systems give to outgoing connections and to
/// listeners without a port of their own (32,768 and up), so none of these takes one in between.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _taken;

    public static int Next()
    {
        while (true)
        {
            // Processes that run at the same time begin far from each other.
            var port =
                First + (int)((((long)Environment.ProcessId * 7417) + Interlocked.Increment(ref _taken)) % Count);
            if (IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port)))
            {
                return port;
            }
        }
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            // A machine without that address.
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

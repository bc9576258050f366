using System.Net;
using System.Net.Sockets;

namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>A port of the loopback address that refuses connections and that no other program can take meanwhile.</summary>
internal sealed class SilentPort : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Binds the port and does not listen.</summary>
    public SilentPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}";

    public void Dispose() => _socket.Dispose();
}

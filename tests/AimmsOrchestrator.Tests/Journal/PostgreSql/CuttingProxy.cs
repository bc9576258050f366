using System.Net;
using System.Net.Sockets;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>Stands between a client and a PostgreSQL server, and cuts the connection at a commit, once.</summary>
public sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private int _cuts;

    public CuttingProxy(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>When the connection is cut.</summary>
    public enum Moment
    {
        /// <summary>The server has not received the commit.</summary>
        Before,

        /// <summary>The server commits, and the client does not learn of it.</summary>
        After,
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were cut.</summary>
    public int Cuts => _cuts;

    private Moment? Wanted { get; set; }

    /// <summary>Cuts the next commit.</summary>
    public void Cut(Moment moment) => Wanted = moment;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ForwardAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            var answers = ForwardAnswersAsync(client, server);
            try
            {
                await ForwardRequestsAsync(client, server);
            }
            catch (IOException)
            {
                // One of the two has closed its end.
            }

            client.Close();
            server.Close();
            await answers;
        }
    }

    private static async Task ForwardAnswersAsync(TcpClient client, TcpClient server)
    {
        try
        {
            await server.GetStream().CopyToAsync(client.GetStream());
            client.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two is closed.
        }
    }

    private async Task ForwardRequestsAsync(TcpClient client, TcpClient server)
    {
        var buffer = new byte[1 << 16];
        while (await client.GetStream().ReadAsync(buffer) is > 0 and var count)
        {
            if (Wanted is { } moment && buffer.AsSpan(0, count).IndexOf("COMMIT"u8) >= 0)
            {
                Wanted = null;
                Interlocked.Increment(ref _cuts);
                if (moment == Moment.After)
                {
                    // The client's end closes first, so that no answer reaches it.
                    client.Client.Shutdown(SocketShutdown.Send);
                    await server.GetStream().WriteAsync(buffer.AsMemory(0, count));
                    await server.GetStream().FlushAsync();
                    server.Client.Shutdown(SocketShutdown.Send);
                }

                return;
            }

            await server.GetStream().WriteAsync(buffer.AsMemory(0, count));
        }
    }
}

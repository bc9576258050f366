using System.Net;
using System.Net.Sockets;

namespace AimmsOrchestrator.Tests.Cli.Remote;

/// <summary>A network between a client and a server, which can be cut and restored.</summary>
internal sealed class CutProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _target;
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _clients = [];
    private bool _isCut;

    public CutProxy(Uri target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many answers are still lost: the request arrives, and the connection ends where the answer begins.</summary>
    public int LostAnswers { get; set; }

    /// <summary>Ends every connection, and each new one at once.</summary>
    public void Cut() => Set(isCut: true);

    public void Restore() => Set(isCut: false);

    public void Dispose()
    {
        Cut();
        _listener.Dispose();
    }

    private void Set(bool isCut)
    {
        lock (_lock)
        {
            _isCut = isCut;
            _clients.ForEach(client => client.Close());
            _clients.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        lock (_lock)
        {
            if (_isCut)
            {
                client.Close();
                return;
            }

            _clients.Add(client);
            _clients.Add(server);
        }

        try
        {
            await server.ConnectAsync(_target.Host, _target.Port);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream()),
                AnswerAsync(server.GetStream(), client.GetStream())
            );
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // It was cut.
        }
        finally
        {
            client.Close();
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[8192];
        while (await server.ReadAsync(buffer) is > 0 and var length)
        {
            if (LostAnswers > 0)
            {
                LostAnswers--;
                return;
            }

            await client.WriteAsync(buffer.AsMemory(0, length));
        }
    }
}

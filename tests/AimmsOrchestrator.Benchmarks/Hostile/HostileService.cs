using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AimmsOrchestrator.Benchmarks.Hostile;

/// <summary>A task service whose tasks are completed at once, and whose answers are of any size.</summary>
internal sealed class HostileService : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ServiceAnswers _answers;
    private int _tasks;

    public HostileService(ServiceAnswers answers)
    {
        _answers = answers;
        Address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort()}");
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    /// <summary>HttpListener takes no port of its own.</summary>
    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync().ConfigureAwait(false);
                _ = AnswerAsync(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath.TrimEnd('/');
        try
        {
            if (path.EndsWith("/response", StringComparison.Ordinal))
            {
                context.Response.ContentType = "application/json";
                if (_answers.Encoding is { } encoding)
                {
                    context.Response.Headers["Content-Encoding"] = encoding;
                }

                context.Response.SendChunked = true;
                await _answers.WriteResponseAsync(context.Response.OutputStream).ConfigureAwait(false);
            }
            else
            {
                var isList = path.EndsWith("/tasks", StringComparison.Ordinal);
                var document = isList ? "[]"u8.ToArray() : Task(context.Request.HttpMethod == "POST");
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(document).ConfigureAwait(false);
            }

            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or InvalidOperationException)
        {
            // The program has read enough.
            context.Response.Abort();
        }
    }

    private byte[] Task(bool isNew)
    {
        var number = isNew ? Interlocked.Increment(ref _tasks) : _tasks;
        var id = string.Create(CultureInfo.InvariantCulture, $"{_answers.IdPrefix}{number}");
        return Encoding.UTF8.GetBytes(
            $$"""{"id":{{Quoted(id)}},"serviceName":"x","state":"{{(isNew ? "queued" : _answers.State)}}","errorMessage":{{Quoted(_answers.ErrorMessage)}}}"""
        );
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}

/// <summary>What the service says.</summary>
internal sealed record ServiceAnswers
{
    public string IdPrefix { get; init; } = "7b1f-";

    public string State { get; init; } = "completed";

    public string ErrorMessage { get; init; } = "";

    /// <summary>The encoding that the response declares; null for none.</summary>
    public string? Encoding { get; init; }

    public Func<Stream, Task> WriteResponseAsync { get; init; } = _ => Task.CompletedTask;
}

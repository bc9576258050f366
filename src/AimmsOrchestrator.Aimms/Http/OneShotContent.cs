using System.Net;
using System.Net.Http.Headers;

namespace AimmsOrchestrator.Aimms.Http;

/// <summary>
/// A body that is sent once. The HTTP stack may repeat a request by itself when a pooled connection turns out to be
/// closed; a repeated submit could make a second task, so the second send fails instead. The content also knows whether
/// sending began: if not, the service cannot have taken the request.
/// </summary>
internal sealed class OneShotContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private int _sends;

    public OneShotContent(ReadOnlyMemory<byte> body, string? mediaType)
    {
        _body = body;
        if (mediaType is not null && MediaTypeHeaderValue.TryParse(mediaType, out var type))
        {
            Headers.ContentType = type;
        }
    }

    /// <summary>Whether any of it may have left this machine.</summary>
    public bool HasStarted => Volatile.Read(ref _sends) > 0;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (Interlocked.Increment(ref _sends) > 1)
        {
            throw new HttpRequestException("the connection broke after the request was sent");
        }

        await stream.WriteAsync(_body).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}

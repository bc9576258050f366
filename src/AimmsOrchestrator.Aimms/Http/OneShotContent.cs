using System.Net;
using System.Net.Http.Headers;

namespace AimmsOrchestrator.Aimms.Http;

/// <summary>
/// A body that goes out once. The HTTP stack may send a request again by itself when a kept connection turns out to be
/// closed; for a submit that could be a second task, so the second time fails instead. It also knows whether it began to
/// go out: if not, the service cannot have taken the request.
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

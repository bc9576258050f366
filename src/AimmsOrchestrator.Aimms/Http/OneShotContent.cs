using System.Net;
using System.Net.Http.Headers;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms.Http;

/// <summary>
/// A body that is sent once. The HTTP stack may repeat a request by itself when a pooled connection turns out to be
/// closed; a repeated submit could make a second task, so the second send fails instead. The content also knows whether
/// sending began: if not, the service cannot have taken the request.
/// </summary>
internal sealed class OneShotContent : HttpContent
{
    private const int PieceSize = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly ISendLease? _lease;
    private int _sends;

    /// <param name="body">The bytes.</param>
    /// <param name="mediaType">The <c>Content-Type</c>; null for none.</param>
    /// <param name="lease">
    /// Whether it may be sent, asked before each piece: a process that stood still meanwhile leaves the rest away, and a service takes no
    /// half of a body. Null for always.
    /// </param>
    public OneShotContent(ReadOnlyMemory<byte> body, string? mediaType, ISendLease? lease = null)
    {
        (_body, _lease) = (body, lease);
        if (mediaType is not null && MediaTypeHeaderValue.TryParse(mediaType, out var type))
        {
            Headers.ContentType = type;
        }
    }

    /// <summary>Whether any of it may have left this machine.</summary>
    public bool HasStarted => Volatile.Read(ref _sends) > 0;

    /// <summary>Whether its lease kept all of it back.</summary>
    public bool IsWithheld { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        Check();
        if (Interlocked.Increment(ref _sends) > 1)
        {
            throw new HttpRequestException("the connection broke after the request was sent");
        }

        for (var rest = _body; ; Check())
        {
            var piece = rest[..Math.Min(rest.Length, PieceSize)];
            await stream.WriteAsync(piece).ConfigureAwait(false);
            rest = rest[piece.Length..];
            if (rest.IsEmpty)
            {
                return;
            }
        }
    }

    private void Check()
    {
        if (_lease is { MaySend: false })
        {
            IsWithheld = !HasStarted;
            throw new HttpRequestException("another process may drive the batch by now");
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}

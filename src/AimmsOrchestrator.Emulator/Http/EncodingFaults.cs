using System.IO.Compression;
using System.Text;
using AimmsOrchestrator.Emulator.Faults;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>Answers whose bytes are not plain UTF-8, or not all there, as proxies and older services send them.</summary>
internal sealed class EncodingFaults(FaultOptions faults, SeededRandom random)
{
    private const string Json = "application/json";

    /// <summary>Answers with a document about one task.</summary>
    public Task TaskAsync(HttpContext context, ReadOnlyMemory<byte> json)
    {
        var written = random.Happens(faults.HalfSurrogate) ? WithHalfSurrogate(json) : json;
        return DocumentAsync(context, written);
    }

    /// <summary>Answers with a document about tasks.</summary>
    public Task DocumentAsync(HttpContext context, ReadOnlyMemory<byte> json) =>
        Responses.BytesAsync(
            context,
            StatusCodes.Status200OK,
            random.Happens(faults.ByteOrderMark) ? (byte[])[.. Encoding.UTF8.Preamble, .. json.Span] : json,
            Json
        );

    /// <summary>Answers with what a model wrote.</summary>
    public Task ResponseAsync(HttpContext context, ReadOnlyMemory<byte> body, string? mediaType)
    {
        if (random.Happens(faults.CutGzip))
        {
            // The length is that of what is sent, as a proxy writes it that was given no more.
            var zipped = Zip(body);
            context.Response.Headers.ContentEncoding = "gzip";
            return Responses.BytesAsync(
                context,
                StatusCodes.Status200OK,
                zipped.AsMemory(0, zipped.Length / 2),
                mediaType
            );
        }

        if (random.Happens(faults.Latin1))
        {
            var latin = Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(body.Span));
            return Responses.BytesAsync(
                context,
                StatusCodes.Status200OK,
                latin,
                $"{mediaType ?? Json}; charset=iso-8859-1"
            );
        }

        return Responses.BytesAsync(context, StatusCodes.Status200OK, body, mediaType);
    }

    /// <summary>The document with an error message that ends within a character, as one that is cut at a length in UTF-16.</summary>
    private static byte[] WithHalfSurrogate(ReadOnlyMemory<byte> json)
    {
        var text = Encoding.UTF8.GetString(json.Span);
        var end = text.LastIndexOf('}');
        return Encoding.UTF8.GetBytes($"{text[..end]},\"errorMessage\":\"cut within a face \\ud83d\"{text[end..]}");
    }

    private static byte[] Zip(ReadOnlyMemory<byte> body)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(body.Span);
        }

        return zipped.ToArray();
    }
}

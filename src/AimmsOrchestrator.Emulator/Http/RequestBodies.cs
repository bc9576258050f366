using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>Reads the model's input: any body, also an empty one; of a multipart form the first part.</summary>
internal static class RequestBodies
{
    public static async Task<(byte[] Body, string? MediaType)> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        )
        {
            var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
            var part = await new MultipartReader(boundary, request.Body).ReadNextSectionAsync(cancellationToken);
            return part is null
                ? ([], null)
                : (await ReadAllAsync(part.Body, capacity: 0, cancellationToken), part.ContentType);
        }

        var body = await ReadAllAsync(request.Body, request.ContentLength ?? 0, cancellationToken);
        return (body, request.ContentType);
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream, long capacity, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream((int)Math.Min(capacity, 1 << 20));
        await stream.CopyToAsync(memory, cancellationToken);
        return memory.ToArray();
    }
}

using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms.Http;

/// <summary>
/// An HTTP response of any status, read to its end. Its body is as it came, and may hold the key; all else does not.
/// </summary>
/// <param name="Status">The status code.</param>
/// <param name="Reason">The reason phrase.</param>
/// <param name="Body">The bytes as they came.</param>
/// <param name="MediaType">The <c>Content-Type</c>, with its charset where that is not UTF-8.</param>
internal sealed record RawResponse(int Status, string? Reason, byte[] Body, string? MediaType)
{
    /// <summary>The lease of the body's memory where it is large; null where it is not.</summary>
    public IDisposable? Lease { get; init; }

    /// <summary>The <c>Retry-After</c> header, unchanged.</summary>
    public System.Net.Http.Headers.RetryConditionHeaderValue? RetryAfter { get; init; }

    /// <summary>The service's own time (<c>Date</c>, RFC 9110 section 6.6.1); null where the header is missing.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Where a redirect leads (<c>Location</c>), for a person; null where the header is missing.</summary>
    public string? Location { get; init; }

    /// <summary>The address that answered after redirects; null where none was followed.</summary>
    public Uri? RedirectedTo { get; init; }

    /// <summary>Whether the status says that the answer stands elsewhere.</summary>
    public bool IsRedirect => Status is 301 or 302 or 303 or 307 or 308;

    /// <summary>
    /// Whether the status says that this is the answer, and all of it: not a part (206), and not a promise where something
    /// was to be read (202).
    /// </summary>
    public bool IsAnswerTo(HttpMethod method) =>
        Status is 200 or 203 or 204 || (Status is 201 or 202 && method != HttpMethod.Get);

    /// <summary>The body as UTF-8, whatever encoding it came in.</summary>
    public ReadOnlyMemory<byte> Text => BodyText.Utf8(Body, MediaType, out _);
}

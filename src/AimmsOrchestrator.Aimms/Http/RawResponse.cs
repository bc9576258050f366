namespace AimmsOrchestrator.Aimms.Http;

/// <summary>An HTTP response of any status, read to its end.</summary>
internal sealed record RawResponse(int Status, string? Reason, byte[] Body, string? MediaType)
{
    /// <summary>The <c>Retry-After</c> header, unchanged.</summary>
    public System.Net.Http.Headers.RetryConditionHeaderValue? RetryAfter { get; init; }

    /// <summary>The service's own time (<c>Date</c>, RFC 9110 section 6.6.1); null where the header is missing.</summary>
    public DateTimeOffset? Date { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;
}

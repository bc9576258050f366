namespace AimmsOrchestrator.Aimms.Http;

/// <summary>What came back over HTTP, whatever it is.</summary>
internal sealed record Answer(int Status, string? Reason, byte[] Body, string? MediaType)
{
    /// <summary>The <c>Retry-After</c> header as it came.</summary>
    public System.Net.Http.Headers.RetryConditionHeaderValue? RetryAfter { get; init; }

    /// <summary>The service's own time (RFC 9110 section 6.6.1), where it tells.</summary>
    public DateTimeOffset? Date { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;
}

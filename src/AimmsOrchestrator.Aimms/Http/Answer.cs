namespace AimmsOrchestrator.Aimms.Http;

/// <summary>What came back over HTTP, whatever it is.</summary>
internal sealed record Answer(int Status, string? Reason, byte[] Body, string? MediaType)
{
    /// <summary>The <c>Retry-After</c> header as it came.</summary>
    public System.Net.Http.Headers.RetryConditionHeaderValue? RetryAfter { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;
}

namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>
/// What a batch may ask of a service at most, whatever its scenario says; null leaves that limit to the scenario.
/// </summary>
public sealed record LimitCeilings
{
    /// <summary>Every limit is left to the scenario.</summary>
    public static LimitCeilings None { get; } = new();

    /// <summary>The most tasks at the service that have not ended.</summary>
    public int? UnfinishedTasks { get; init; }

    /// <summary>The most POSTs whose answer is outstanding.</summary>
    public int? UnconfirmedSubmits { get; init; }

    /// <summary>The fastest rate of POSTs.</summary>
    public Rate? Submits { get; init; }

    /// <summary>The fastest rate of requests of all kinds.</summary>
    public Rate? Requests { get; init; }

    /// <summary>The most bytes of a response that is read.</summary>
    public long? LargestAnswer { get; init; }
}

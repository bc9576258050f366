namespace AimmsOrchestrator.Aimms.Http;

/// <summary>How patient a <see cref="TaskServiceClient"/> is, and how much it does at once.</summary>
public sealed record TaskServiceClientOptions
{
    /// <summary>
    /// Connections to the service at most; 64 by default. At least as many as requests may be under way, since waiting
    /// for a connection counts against a request's time.
    /// </summary>
    public int MaxConnections { get; init; } = 64;

    /// <summary>The longest a connection may take to be made; 15 s by default.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest a request without a large body may take; 30 s by default.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest a submit or a response may take, whose bodies may be large; 100 s by default.</summary>
    public TimeSpan TransferTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The largest answer that is read, in bytes; 256 MB by default, as the cloud's version 1 allows (the largest of the
    /// service's published limits).
    /// </summary>
    public int MaxAnswerBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>How long a connection is used before its host's address is looked up anew; 5 min by default.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(5);
}

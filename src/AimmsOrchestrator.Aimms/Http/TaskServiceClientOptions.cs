namespace AimmsOrchestrator.Aimms.Http;

/// <summary>Time and size limits of a <see cref="TaskServiceClient"/>.</summary>
public sealed record TaskServiceClientOptions
{
    /// <summary>
    /// The most connections to the service; 64 by default. Allow one for each concurrent request, since waiting for a
    /// connection counts against a request's time.
    /// </summary>
    public int MaxConnections { get; init; } = 64;

    /// <summary>The longest time to establish a connection; 15 s by default.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest time for a request without a large body; 30 s by default.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time for a submit or a response, whose bodies may be large; 100 s by default.</summary>
    public TimeSpan TransferTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The largest response that the client reads, in bytes; 256 MB by default, the largest of the service's published
    /// limits (the cloud, version 1).
    /// </summary>
    public long MaxAnswerBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>The largest answer that is no response, such as a task or a list of tasks, in bytes; 16 MB by default.</summary>
    public long MaxDocumentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Whether responses are read as JSON: then a web page is none of them. False by default, where a model may write what
    /// it likes.
    /// </summary>
    public bool ExpectsJson { get; init; }

    /// <summary>Where answers above 4 MB stand while they are read; the system's folder for temporary files by default.</summary>
    public string SpoolFolder { get; init; } = Path.GetTempPath();

    /// <summary>How long a connection is used before its host's address is resolved again; 5 min by default.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(5);
}

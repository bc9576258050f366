namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>Which of the two kinds of task service answers at an address.</summary>
public enum ServiceHost
{
    /// <summary>One AIMMS process: <c>/api/{v}/tasks/{service}</c>, no key.</summary>
    Localhost,

    /// <summary>An AIMMS Cloud account: <c>/pro-api/{v}/tasks/{app}/{version}/{service}</c>, an <c>apikey</c> header.</summary>
    Cloud,
}

/// <summary>The two dialects of the service.</summary>
public enum ApiVersion
{
    /// <summary>The older words: <c>status</c>, <c>finished</c>, <c>starttime</c>.</summary>
    V1 = 1,

    /// <summary>The current words; the default.</summary>
    V2 = 2,
}

/// <summary>Where a task service is and how to speak to it.</summary>
/// <param name="Address">Scheme, host and port; a path, where there is one, stands before <c>/api</c> or <c>/pro-api</c>.</param>
/// <param name="Host">Which kind answers there.</param>
public sealed record ServiceEndpoint(Uri Address, ServiceHost Host)
{
    /// <summary>The dialect; version 2 by default.</summary>
    public ApiVersion Api { get; init; } = ApiVersion.V2;

    /// <summary>Whether the service calls an address when a task changes its state: the cloud, in version 2.</summary>
    public bool HasHooks => CallsHooks(Host, Api);

    /// <summary>The cloud's key; null on localhost.</summary>
    public ApiKey? Key { get; init; }

    /// <summary>Whether a kind of service calls an address when a task changes its state.</summary>
    public static bool CallsHooks(ServiceHost host, ApiVersion api) =>
        host == ServiceHost.Cloud && api == ApiVersion.V2;
}

/// <summary>A secret that reaches the service only: it prints as stars, and no serializer sees its value.</summary>
public sealed class ApiKey
{
    private readonly string _secret;

    /// <exception cref="ArgumentException">The key is empty.</exception>
    public ApiKey(string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        _secret = secret;
    }

    /// <summary>The secret itself; a method, so that nothing prints or serializes it by accident.</summary>
    public string Reveal() => _secret;

    public override string ToString() => "***";
}

namespace AimmsOrchestrator.Aimms.Http;

/// <summary>One request to the service.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Address">The absolute address.</param>
/// <param name="Expected">What a good answer is, for the message about any other.</param>
internal sealed record TaskCall(HttpMethod Method, string Address, string Expected)
{
    /// <summary>The body; null for none.</summary>
    public OneShotContent? Content { get; init; }

    /// <summary>Where the service can call about the task, for the header <c>taskStateHook</c>; null for none.</summary>
    public Uri? Hook { get; init; }

    /// <summary>The longest time until the whole answer is read.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The largest answer that is read, in bytes.</summary>
    public required long LargestAnswer { get; init; }

    /// <summary>Whether what is read of a good answer has its body, and therefore the lease of its memory; false by default.</summary>
    public bool KeepsAnswer { get; init; }

    /// <summary>The request as messages name it.</summary>
    public string Name => $"{Method} {Address}";

    /// <summary>Whether any of the body may have left this machine.</summary>
    public bool HasStarted => Content is { HasStarted: true };

    /// <summary>Whether the lease of a submit kept it back.</summary>
    public bool IsWithheld => Content is { IsWithheld: true };
}

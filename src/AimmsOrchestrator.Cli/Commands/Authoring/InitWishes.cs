namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>What a person says of a new scenario, on the command line and in answers; null for what is not said.</summary>
internal sealed record InitWishes
{
    /// <summary>The scenario's file.</summary>
    public string? File { get; init; }

    /// <summary>The example request.</summary>
    public string? Request { get; init; }

    /// <summary>The file of cases.</summary>
    public string? Cases { get; init; }

    /// <summary>Its sheet.</summary>
    public string? Sheet { get; init; }

    /// <summary>The service's address.</summary>
    public string? Url { get; init; }

    /// <summary>The profile in place of an address.</summary>
    public string? Profile { get; init; }

    /// <summary>The service's name.</summary>
    public string? Service { get; init; }

    /// <summary>The cloud's app.</summary>
    public string? App { get; init; }

    /// <summary>The app's version.</summary>
    public string? Version { get; init; }

    /// <summary>The places to vary; one is chosen where there is none.</summary>
    public IReadOnlyList<string> Vary { get; init; } = [];

    /// <summary>Whether one task is sent to read its response.</summary>
    public bool Probes { get; init; }

    /// <summary>A response in a file.</summary>
    public string? Response { get; init; }

    /// <summary>Whether a file that is there is overwritten.</summary>
    public bool Overwrites { get; init; }
}

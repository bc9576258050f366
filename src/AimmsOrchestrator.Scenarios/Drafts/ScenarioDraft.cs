namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>Everything that a new scenario is written from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Service">The service to call, as the model's <c>dex::ServiceName</c> names it.</param>
public sealed record ScenarioDraft(string Name, string Service)
{
    /// <summary>The profile that is used; null where the address is written out.</summary>
    public string? Profile { get; init; }

    /// <summary>The address; ignored where there is a profile.</summary>
    public string Url { get; init; } = "emulator";

    /// <summary>The cloud's app; null on localhost, and where the profile's is meant.</summary>
    public string? App { get; init; }

    /// <summary>The app's version; null for the latest.</summary>
    public string? Version { get; init; }

    /// <summary>The environment variable with the key.</summary>
    public string KeyVariable { get; init; } = "AIMMS_API_KEY";

    /// <summary>Whether the address is an account's, so that a key belongs to it.</summary>
    public bool IsCloud => Profile is null && App is not null;

    /// <summary>The request's file, relative to the scenario; null where there is none.</summary>
    public string? RequestFile { get; init; }

    /// <summary>Whether the request is JSON, so that values can be put into it.</summary>
    public bool IsJson { get; init; }

    /// <summary>The values of the request.</summary>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>How many numbers the request has, those beyond the candidates included.</summary>
    public int Numbers { get; init; }

    /// <summary>The pointers of the candidates that vary; null chooses one.</summary>
    public IReadOnlyList<string>? Varied { get; init; }

    /// <summary>The file of cases; null where there is none.</summary>
    public CaseTable? Cases { get; init; }

    /// <summary>
    /// Whether a service of the scenario's own answers in the model's place: where the address is the emulator, which does not have
    /// one of that name.
    /// </summary>
    public bool Rehearses { get; init; }

    /// <summary>The response that it answers with, relative to the scenario; null where one is to be written.</summary>
    public string? ResponseFile { get; init; }

    /// <summary>The results; none where no response was read.</summary>
    public ProposedResults Results { get; init; } = ProposedResults.None;

    /// <summary>The schema for editors, relative to the scenario; null for none.</summary>
    public string? Schema { get; init; }

    /// <summary>The candidates that vary: those chosen, otherwise the number nearest to the top that is no label.</summary>
    public IReadOnlyList<Candidate> Chosen =>
        Varied is { } varied
            ? [.. Candidates.Where(candidate => varied.Contains(candidate.JsonPointer, StringComparer.Ordinal))]
        : Cases is not null ? []
        : [.. Candidates.Where(c => !c.IsText).OrderBy(c => c.IsLabel).ThenBy(c => c.Depth).Take(1)];
}

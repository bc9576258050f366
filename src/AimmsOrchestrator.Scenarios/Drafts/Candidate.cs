namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>A value of a request that a scenario could vary.</summary>
/// <param name="JsonPointer">Its place in the request, as a JSON Pointer.</param>
/// <param name="Name">The parameter's name: a word that expressions can use, no two the same.</param>
/// <param name="Written">The value as JSON, as the request writes it.</param>
/// <param name="IsText">Whether it is a text; a number otherwise.</param>
public sealed record Candidate(string JsonPointer, string Name, string Written, bool IsText)
{
    /// <summary>How many names and positions lead to it.</summary>
    public int Depth => JsonPointer.Count(c => c == '/');

    /// <summary>Whether its name says that it labels something and measures nothing, such as an id or a year.</summary>
    public bool IsLabel { get; init; }

    /// <summary>Values around it, as a scenario writes them.</summary>
    public string Values => IsText ? $"[{Written}]" : CandidateValues.Around(Written);
}

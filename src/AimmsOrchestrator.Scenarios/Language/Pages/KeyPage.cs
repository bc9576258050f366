namespace AimmsOrchestrator.Scenarios.Language.Pages;

/// <summary>What there is to know about one key of a scenario.</summary>
/// <param name="Path">Its name, such as <c>limits.concurrency</c>.</param>
/// <param name="Description">What it says, in a sentence.</param>
/// <param name="Form">What may be written, such as <c>a duration, such as 90s</c>.</param>
public sealed record KeyPage(string Path, string Description, string Form)
{
    /// <summary>What holds where it is left out; null where the description does not say.</summary>
    public string? Default { get; init; }

    /// <summary>Whether the mapping around it must have it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the author chooses names below it; the keys are then those of the values.</summary>
    public bool HasNames { get; init; }

    /// <summary>The keys below it, in the order to show them.</summary>
    public IReadOnlyList<KeyPage> Keys { get; init; } = [];

    /// <summary>A whole scenario that has the key, or, for a key that says little by itself, one that has its parent.</summary>
    public string? Example { get; init; }
}

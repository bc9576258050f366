using System.Globalization;

namespace AimmsOrchestrator.Scenarios;

/// <summary>The command line's changes to a scenario.</summary>
public sealed record ScenarioOverrides
{
    /// <summary>No changes.</summary>
    public static ScenarioOverrides None { get; } = new();

    /// <summary>
    /// Assignments <c>NAME=VALUE</c>, the value in YAML: it replaces that parameter's values wherever the sweep defines it. A
    /// name that the sweep does not define is an error.
    /// </summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>The number of runs, the first ones; at least 1, null for all of them.</summary>
    public long? Limit { get; init; }

    /// <summary>Another service address (or <c>emulator</c>); null for the scenario's own. It is part of every run's key.</summary>
    public string? Url { get; init; }

    /// <summary>As on the command line, such as <c>--set freight=120 --limit 3</c>; empty where there are none.</summary>
    public override string ToString()
    {
        var words = Set.Select(set => $"--set {set}").ToList();
        words.AddRange(Limit is { } limit ? [string.Create(CultureInfo.InvariantCulture, $"--limit {limit}")] : []);
        words.AddRange(Url is { } url ? [$"--url {url}"] : []);
        return string.Join(' ', words);
    }
}

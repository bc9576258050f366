using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>
/// The results that a caller names, where a scenario declares none: whether any run has them is known once all
/// runs are read, and a name that no run has would make any two batches equal.
/// </summary>
/// <param name="wanted">Their names; null for all results.</param>
internal sealed class ResultNames(IReadOnlyList<string>? wanted)
{
    private readonly HashSet<string> _missing = new(wanted ?? [], StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The same runs; their results are read until every name was found.</summary>
    public IEnumerable<RunRecord> Of(IEnumerable<RunRecord> runs) => runs.Select(Check);

    /// <summary>That no run has one of the names; null where that is not so. Known once all runs have gone by.</summary>
    public string? Problem
    {
        get
        {
            var known = _seen.Count > 0 ? $"; there are {string.Join(", ", _seen.Order(StringComparer.Ordinal))}" : "";
            return _missing.Count > 0 ? $"\"{_missing.First()}\" is not a result of either batch{known}" : null;
        }
    }

    private RunRecord Check(RunRecord run)
    {
        if (_missing.Count > 0 && run.ResultsJson is { } json)
        {
            using var results = LenientJson.Parse(json);
            foreach (var result in results.RootElement.EnumerateObject())
            {
                _seen.Add(result.Name);
                _missing.Remove(result.Name);
            }
        }

        return run;
    }
}

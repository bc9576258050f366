using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>
/// The results that the command line names, where a scenario declares none: whether any run has them is known once all
/// runs are read, and a name that no run has would make any two batches equal.
/// </summary>
/// <param name="wanted">Their names; null for all results.</param>
internal sealed class ResultNames(IReadOnlyList<string>? wanted)
{
    private readonly HashSet<string> _missing = new(wanted ?? [], StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The same runs; their results are read until every name was found.</summary>
    public IEnumerable<RunRecord> Of(IEnumerable<RunRecord> runs) => runs.Select(Check);

    /// <summary>The same items.</summary>
    /// <exception cref="UserErrorException">At their end, where no run has one of the names.</exception>
    public IEnumerable<T> Checked<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            yield return item;
        }

        if (_missing.Count > 0)
        {
            var known = _seen.Count > 0 ? $"; there are {string.Join(", ", _seen.Order(StringComparer.Ordinal))}" : "";
            throw new UserErrorException($"--result: \"{_missing.First()}\" is not a result of either batch{known}");
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

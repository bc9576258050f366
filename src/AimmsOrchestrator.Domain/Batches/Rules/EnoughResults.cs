using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Domain.Batches.Rules;

/// <summary>Feeds the scenario's <c>stop.when</c> with each run that ends. For one thread at a time.</summary>
/// <param name="rule">The scenario's rule; null where every run is wanted.</param>
public sealed class EnoughResults(IStopRule? rule)
{
    private IStopRule? _rule = rule;

    /// <summary>
    /// A run ended in an earlier execution. Results that were enough then are not enough for a person who continues: the
    /// rule does not apply any more.
    /// </summary>
    public void Replay(RunResults? results)
    {
        if (_rule?.Ended(results) is not null)
        {
            _rule = null;
        }
    }

    /// <summary>A run has ended.</summary>
    /// <param name="results">Its results; null where it has none.</param>
    /// <returns>Why the results are enough; null where they are not.</returns>
    public string? Ended(RunResults? results) => _rule?.Ended(results);

    /// <summary>Why the rule could not be evaluated, the first time that it could not; null where it always could.</summary>
    public string? Failure => _rule?.Failure;
}

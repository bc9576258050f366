using System.Text;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>
/// The scenario's <c>stop.when</c>, over <c>results</c> (a list of the results of the completed runs so far, in the order
/// of their ends), <c>completed</c> and <c>failed</c> (numbers of runs). An expression that fails stops nothing, and the first failure is kept.
/// </summary>
internal sealed class StopWhen(Expression expression) : IStopRule
{
    /// <summary>Up to this number of runs it is evaluated after each one; beyond, each time 1 % more have ended: it walks all results.</summary>
    private const int EachRunUpTo = 1000;

    private readonly StringBuilder _results = new("[");
    private int _completed;
    private int _failed;
    private int _nextAt = 1;

    /// <summary>The names that the expression can use, in the order of its values.</summary>
    public static ParameterTable Names { get; } = ParameterTable.Of("results", "completed", "failed");

    public string? Failure { get; private set; }

    public string? Ended(RunResults? results)
    {
        if (results is null)
        {
            _failed++;
        }
        else
        {
            _results.Append(_completed > 0 ? "," : "").Append(results.ValuesJson);
            _completed++;
        }

        var ended = _completed + _failed;
        if (ended < _nextAt)
        {
            return null;
        }

        _nextAt = ended + Math.Max(1, ended > EachRunUpTo ? ended / 100 : 1);
        Value[] values =
        [
            Value.Json(Encoding.UTF8.GetBytes($"{_results}]")),
            Value.Number(_completed),
            Value.Number(_failed),
        ];
        using var scope = new RunScope(values, index: 0);
        var outcome = expression.Evaluate(scope);
        Failure ??= outcome.Failure is { } why
            ? $"{expression.Location}: stop.when: {expression.Quoted}: {why} (runs ended: {ended}); it stops nothing where it fails".ReplaceLineEndings(
                " "
            )
            : null;
        return ReferenceEquals(outcome.Value, Value.True) ? $"stop.when holds: {expression.Quoted}" : null;
    }
}

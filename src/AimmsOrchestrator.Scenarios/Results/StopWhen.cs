using System.Text;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>
/// The scenario's <c>stop.when</c>, over <c>results</c> (a list of the figures of the completed runs so far, in the order in
/// which they came), <c>completed</c> and <c>failed</c> (how many runs). One that fails does not stop anything.
/// </summary>
internal sealed class StopWhen(Expression expression) : IStopRule
{
    /// <summary>Up to so many runs it is asked after each one; beyond, after every hundredth part more: it walks them all.</summary>
    private const int AskedEachTime = 1000;

    private readonly StringBuilder _results = new("[");
    private int _completed;
    private int _failed;
    private int _askAt = 1;

    /// <summary>What the expression can see, in the order of the values given to it.</summary>
    public static ParameterTable Names { get; } = ParameterTable.Of("results", "completed", "failed");

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
        if (ended < _askAt)
        {
            return null;
        }

        _askAt = ended + Math.Max(1, ended > AskedEachTime ? ended / 100 : 1);
        Value[] values =
        [
            Value.Json(Encoding.UTF8.GetBytes($"{_results}]")),
            Value.Number(_completed),
            Value.Number(_failed),
        ];
        using var scope = new RunScope(values, index: 0);
        return ReferenceEquals(expression.Evaluate(scope).Value, Value.True)
            ? $"stop.when holds: {expression.Code}"
            : null;
    }
}

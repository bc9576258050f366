using System.Text;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>An expression over parameters and results that must hold for every completed run.</summary>
/// <param name="name">The rule's name.</param>
/// <param name="expression">The expression.</param>
/// <param name="names">The names of the parameters and results that the expression can use.</param>
internal sealed class ExpressionExpectation(string name, Expression expression, ParameterTable names) : IExpectation
{
    private const int MostSeen = 8;
    private const int LongestSeen = 60;

    private readonly RunValues _values = new(names);

    public string Name => name;

    public ExpectationResult Check(Func<IEnumerable<RunRecord>> completed)
    {
        var (count, violated, first) = (0L, 0L, new List<Violation>());
        foreach (var run in completed())
        {
            count++;
            var values = _values.Of(run);
            using var scope = new RunScope(values, run.Index);
            var outcome = expression.Evaluate(scope);
            if (ReferenceEquals(outcome.Value, Value.True))
            {
                continue;
            }

            violated++;
            if (first.Count < ExpectationResult.MostTold)
            {
                var why = outcome.Failure is { } failure ? $"it fails: {failure}" : $"it does not hold{Seen(values)}";
                first.Add(new Violation([run.Index], $"{run.Name}: {why}".ReplaceLineEndings(" ")));
            }
        }

        return new ExpectationResult(name, count, violated, first);
    }

    /// <summary>The values that it compared, such as <c>: cost is 187.8, open_lanes is null</c>.</summary>
    private string Seen(Value?[] values)
    {
        var seen = expression
            .Slots.Distinct()
            .Take(MostSeen)
            .Select(slot =>
                $"{names.Names[slot]} is {ShortText.Cut(Encoding.UTF8.GetString(values[slot]!.Utf8), LongestSeen)}"
            )
            .ToList();
        return seen.Count == 0 ? "" : $": {string.Join(", ", seen)}";
    }
}

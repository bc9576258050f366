using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>A result is the same in every run as in the baseline's: numbers within the tolerance, all else to the letter.</summary>
/// <param name="name">What the rule says.</param>
/// <param name="result">The result.</param>
/// <param name="baseline">The run that the others are compared with.</param>
/// <param name="tolerance">How far apart they may be.</param>
public sealed class EqualToBaseline(string name, string result, BaselineRun baseline, Tolerance tolerance)
    : IExpectation
{
    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public ExpectationResult Check(Func<IEnumerable<RunRecord>> completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        var list = new ViolationList(name);
        var wanted = completed().FirstOrDefault(baseline.Is);
        if (wanted?.AnyResult(result) is not { } value)
        {
            return list.End(
                wanted is null ? $"no run with {baseline} has completed" : $"{wanted.Name} has no {result}"
            );
        }

        foreach (var run in completed().Where(run => run.Index != wanted.Index))
        {
            var own = run.AnyResult(result);
            list.Add(
                own is { } other && AreEqual(value, other),
                () =>
                    new Violation(
                        [run.Index, wanted.Index],
                        $"{run.Name}: {result} is {(own is { } v ? ResultValue.Text(v, value) : "missing")}, and {ResultValue.Text(value, own)} in {wanted.Name}"
                    )
            );
        }

        return list.End("there is no other run");
    }

    private bool AreEqual(JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.Number && other.ValueKind == JsonValueKind.Number
            ? tolerance.Allows(one.GetDouble(), other.GetDouble())
            : JsonElement.DeepEquals(one, other);
}

using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>A result is the same in every run as in the baseline's.</summary>
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
        if (wanted?.Result(result) is not { } value)
        {
            return list.End(
                wanted is null ? $"no run with {baseline} has completed" : $"{wanted.Name} has no number in {result}"
            );
        }

        foreach (var run in completed().Where(run => run.Index != wanted.Index))
        {
            var own = run.Result(result);
            list.Add(
                own is { } number && tolerance.Allows(value, number),
                () =>
                    new Violation(
                        [run.Index, wanted.Index],
                        $"{run.Name}: {result} is {(own is { } n ? ResultValue.Text(n) : "no number")}, and {ResultValue.Text(value)} in {wanted.Name}"
                    )
            );
        }

        return list.End("there is no other run");
    }
}

using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>A result lies between two bounds, both included; a run whose result is no number breaks the rule.</summary>
/// <param name="name">What the rule says.</param>
/// <param name="result">The result.</param>
/// <param name="from">The least it may be; null for no bound.</param>
/// <param name="to">The greatest it may be; null for no bound.</param>
public sealed class Bounded(string name, string result, double? from, double? to) : IExpectation
{
    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public ExpectationResult Check(Func<IEnumerable<RunRecord>> completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        var list = new ViolationList(name);
        foreach (var run in completed())
        {
            var value = run.Result(result);
            list.Add(
                value is { } v && !(v < from) && !(v > to),
                () =>
                    new Violation(
                        [run.Index],
                        $"{run.Name}: {result} is {(value is { } v ? ResultValue.Text(v, v < from ? from : to) : "no number")}"
                    )
            );
        }

        return list.End();
    }
}

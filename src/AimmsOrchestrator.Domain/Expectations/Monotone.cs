using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>
/// A result never falls (or never rises) as a parameter grows, all other parameters being equal. Runs that are alike in
/// everything else are held against each other in the order of the parameter, each against the next; runs without a
/// number on either side are left out.
/// </summary>
/// <param name="name">What the rule says.</param>
/// <param name="result">The result.</param>
/// <param name="parameter">The parameter that grows.</param>
/// <param name="isUp">Whether the result may only rise; otherwise it may only fall.</param>
/// <param name="tolerance">How far it may go the other way.</param>
/// <param name="derived">The parameters that follow from others: they differ wherever those do, and are not looked at.</param>
public sealed class Monotone(
    string name,
    string result,
    string parameter,
    bool isUp,
    Tolerance tolerance,
    IReadOnlyCollection<string>? derived = null
) : IExpectation
{
    private readonly HashSet<string> _left = new([parameter, .. derived ?? []], StringComparer.Ordinal);

    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public ExpectationResult Check(Func<IEnumerable<RunRecord>> completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        var points = new List<(int Group, double X, double Y, long Run)>();
        foreach (var run in completed())
        {
            if (run.Parameter(parameter) is { } x && run.Result(result) is { } y)
            {
                var others = Others(run);
                if (!groups.TryGetValue(others, out var group))
                {
                    groups.Add(others, group = groups.Count);
                }

                points.Add((group, x, y, run.Index));
            }
        }

        points.Sort();
        var list = new ViolationList(name);
        foreach (var (before, after) in points.Zip(points.Skip(1)))
        {
            if (before.Group == after.Group && before.X < after.X)
            {
                var isRight = isUp ? after.Y >= before.Y : after.Y <= before.Y;
                list.Add(isRight || tolerance.Allows(before.Y, after.Y), () => Of(before, after));
            }
        }

        return Named(list.End($"no two runs differ in {parameter} alone"), completed);

        Violation Of((int, double X, double Y, long Run) before, (int, double X, double Y, long Run) after) =>
            new(
                [before.Run, after.Run],
                $"{result} goes from {ResultValue.Text(before.Y, after.Y)} to {ResultValue.Text(after.Y, before.Y)} as {parameter} goes from {ResultValue.Text(before.X, after.X)} to {ResultValue.Text(after.X, before.X)}"
            );
    }

    /// <summary>Names are found only for the few that are reported: a million of them are not held.</summary>
    private static ExpectationResult Named(ExpectationResult result, Func<IEnumerable<RunRecord>> completed)
    {
        var wanted = result.First.SelectMany(violation => violation.Runs).ToHashSet();
        if (wanted.Count == 0)
        {
            return result;
        }

        var names = completed()
            .Where(run => wanted.Contains(run.Index))
            .ToDictionary(run => run.Index, run => run.Name);
        return result with
        {
            First =
            [
                .. result.First.Select(v =>
                    v with
                    {
                        Message = $"{string.Join(" and ", v.Runs.Select(run => names[run]))}: {v.Message}",
                    }
                ),
            ],
        };
    }

    private string Others(RunRecord run)
    {
        using var parameters = LenientJson.Parse(run.ParametersJson);
        return string.Join(
            '\0',
            parameters
                .RootElement.EnumerateObject()
                .Where(p => !_left.Contains(p.Name))
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p =>
                    $"{p.Name}\0{(p.Value.ValueKind == JsonValueKind.Number ? $"{p.Value.GetDouble():R}" : p.Value.GetRawText())}"
                )
        );
    }
}

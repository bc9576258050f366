using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Reports.Failures;

/// <summary>Failed runs whose messages have one shape.</summary>
/// <param name="Message">The shape.</param>
/// <param name="Example">The first one's message.</param>
/// <param name="Rows">The failed runs' rows, in order.</param>
internal sealed record CollectedFailures(string Message, string Example, List<int> Rows);

/// <summary>
/// Groups failures by the shape of their message during a walk over the runs. At most a thousand shapes are kept: beyond
/// that, the rarer half joins the other messages.
/// </summary>
internal sealed class FailureCollector
{
    /// <summary>The message of the group of all other messages.</summary>
    public const string OtherMessages = "other messages";

    private const int MostAtATime = 1000;
    private const int LongestExample = 2000;

    private readonly Dictionary<(RunErrorKind, string), CollectedFailures> _groups = [];
    private CollectedFailures? _others;

    public void Add(int row, RunRecord run)
    {
        if (run.Phase != RunPhase.Failed)
        {
            return;
        }

        var message = run.Error?.Cause ?? "no reason known";
        var key = (run.Error?.Kind ?? RunErrorKind.Bug, MessageShape.Of(message));
        if (!_groups.TryGetValue(key, out var group))
        {
            MakeRoom();
            var example = message.Length > LongestExample ? message[..LongestExample] + "…" : message;
            group = new CollectedFailures(key.Item2, example, []);
            _groups.Add(key, group);
        }

        group.Rows.Add(row);
    }

    /// <summary>The most frequent first, and of equally frequent ones the earliest first; the rest form one group at the end.</summary>
    public IReadOnlyList<CollectedFailures> Groups(int most)
    {
        var groups = _groups.Values.OrderByDescending(g => g.Rows.Count).ThenBy(g => g.Rows[0]).ToList();
        var rest = groups.Skip(most).Concat(_others is null ? [] : [_others]).ToList();
        if (rest.Count == 0)
        {
            return groups;
        }

        var first = rest.MinBy(g => g.Rows[0])!;
        List<int> rows = [.. rest.SelectMany(g => g.Rows).Order()];
        return [.. groups.Take(most), new CollectedFailures(OtherMessages, first.Example, rows)];
    }

    private void MakeRoom()
    {
        if (_groups.Count < MostAtATime)
        {
            return;
        }

        var rare = _groups.OrderBy(g => g.Value.Rows.Count).Take(MostAtATime / 2).ToList();
        foreach (var (key, group) in rare)
        {
            _others ??= new CollectedFailures(OtherMessages, group.Example, []);
            _others.Rows.AddRange(group.Rows);
            _groups.Remove(key);
        }
    }
}

using System.Globalization;

namespace AimmsOrchestrator.Benchmarks.Clustering;

/// <summary>What goes wrong in a soak, one kind after the other.</summary>
/// <param name="database">The database.</param>
/// <param name="nodes">The nodes.</param>
/// <param name="only">How the kinds begin that are wanted; empty for all.</param>
internal sealed class ClusterFaults(DatabaseProcess database, IReadOnlyList<NodeProcess> nodes, string only)
{
    private static readonly string[] Order =
    [
        "kill",
        "term",
        "kill",
        "stop 5 s",
        "kill",
        "database crashes",
        "kill",
        "term",
        "stop 40 s",
        "kill",
        "two lost 14 s apart",
        "term",
        "kill",
        "stop 15 s",
        "cut from fellows 8 s",
        "database away 20 s",
        "kill",
        "cut from fellows 40 s",
        "kill the oldest",
        "term",
        "kill",
        "cut from database 20 s",
        "all killed",
    ];

    private readonly List<string> _kinds =
    [
        .. Order
            .Where(kind => Partition.IsPossible || !kind.StartsWith("cut", StringComparison.Ordinal))
            .Where(kind => kind.StartsWith(only, StringComparison.Ordinal)),
    ];
    private int _next;

    /// <summary>Does the next one.</summary>
    /// <returns>Its kind.</returns>
    public async Task<string> NextAsync()
    {
        var kind = _kinds[_next++ % _kinds.Count];
        var busiest = await BusiestAsync().ConfigureAwait(false);
        switch (kind.Split(' '))
        {
            case ["kill"]:
                await busiest.SignalAsync("KILL").ConfigureAwait(false);
                break;

            case ["kill", ..]:
                await (await OldestAsync().ConfigureAwait(false)).SignalAsync("KILL").ConfigureAwait(false);
                break;

            case ["term"]:
                await busiest.SignalAsync("TERM").ConfigureAwait(false);
                break;

            case ["stop", var seconds, ..]:
                await busiest.SignalAsync("STOP").ConfigureAwait(false);
                await Task.Delay(Seconds(seconds)).ConfigureAwait(false);
                await busiest.SignalAsync("CONT").ConfigureAwait(false);
                break;

            case ["cut", _, "fellows", var seconds, ..]:
                var fellows = nodes.Where(node => node != busiest).Select(node => node.Port);
                await Partition.CutAsync(busiest.Number, busiest.Port, fellows, Seconds(seconds)).ConfigureAwait(false);
                break;

            case ["cut", _, "database", var seconds, ..]:
                await Partition
                    .CutAsync(busiest.Number, own: null, [database.Port], Seconds(seconds))
                    .ConfigureAwait(false);
                break;

            case ["two", ..]:
                await LoseTwoAsync(busiest).ConfigureAwait(false);
                break;

            case ["all", ..]:
                await Task.WhenAll(nodes.Select(node => node.SignalAsync("KILL"))).ConfigureAwait(false);
                break;

            case ["database", "crashes"]:
                await database.CrashAsync().ConfigureAwait(false);
                await database.BeginAsync().ConfigureAwait(false);
                break;

            default:
                await database.CrashAsync().ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromSeconds(20)).ConfigureAwait(false);
                await database.BeginAsync().ConfigureAwait(false);
                break;
        }

        return kind;
    }

    private static TimeSpan Seconds(string text) =>
        TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));

    private async Task LoseTwoAsync(NodeProcess first)
    {
        var second = nodes.First(node => node != first);
        (first.StaysAway, second.StaysAway) = (true, true);
        await first.SignalAsync("KILL").ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromSeconds(14)).ConfigureAwait(false);
        await second.SignalAsync("KILL").ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromSeconds(14)).ConfigureAwait(false);
        (first.StaysAway, second.StaysAway) = (false, false);
    }

    /// <summary>The node that drives most.</summary>
    private async Task<NodeProcess> BusiestAsync() =>
        await FindAsync(
                "SELECT n.description FROM nodes AS n JOIN batches AS b ON b.node = n.node GROUP BY n.description ORDER BY count(*) DESC LIMIT 1"
            )
            .ConfigureAwait(false);

    /// <summary>The node that has been there longest: the reviver is on it.</summary>
    private async Task<NodeProcess> OldestAsync() =>
        await FindAsync("SELECT description FROM nodes ORDER BY joined LIMIT 1").ConfigureAwait(false);

    private async Task<NodeProcess> FindAsync(string sql)
    {
        var found = await database.ReadAsync(sql, row => row.GetString(0)).ConfigureAwait(false);
        return found is [var description]
            ? nodes.FirstOrDefault(node =>
                node.Id is { } id
                && description.StartsWith(
                    string.Create(CultureInfo.InvariantCulture, $"process {id} "),
                    StringComparison.Ordinal
                )
            ) ?? nodes[0]
            : nodes[_next % nodes.Count];
    }
}

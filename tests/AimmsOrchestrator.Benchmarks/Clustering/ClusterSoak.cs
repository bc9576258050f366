using System.Diagnostics;
using System.Globalization;
using System.Text;
using AimmsOrchestrator.Benchmarks.Serving;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Clustering;

/// <summary>
/// Three nodes as processes over one PostgreSQL server, six batches, and one fault after the other: nodes killed, frozen, ended in order,
/// all at once, the database crashed and away. What they did is held against the books of the service.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- cluster-soak 200 20000</c>.
/// </summary>
internal static class ClusterSoak
{
    public const string Name = "cluster-soak";

    /// <summary>Before the kinds: the service loses no answer, so that nothing but a submit of the lost node is ever in doubt.</summary>
    private const string Calm = "calm ";

    private const int Nodes = 3;
    private const int Batches = 6;
    private const int Limit = 40;

    private static readonly TimeSpan WorthAWord = TimeSpan.FromSeconds(2);

    /// <summary>Work at full speed for each fault, s: with what the faults take away there is enough until the last one.</summary>
    private const double WorkPerFault = 10;

    /// <param name="faults">How many, as long as there is work.</param>
    /// <param name="runs">Of all batches together.</param>
    /// <param name="only">How the kinds of faults begin that are wanted; empty for all.</param>
    /// <returns>Whether nothing was lost, nothing taken twice, the limit kept, and an account's count that of its runs after each fault.</returns>
    public static async Task<bool> RunAsync(int faults, int runs, string only)
    {
        var isCalm = only.StartsWith(Calm, StringComparison.Ordinal);
        var options = new EmulatorOptions
        {
            Parallel = Limit,
            Faults = isCalm
                ? new FaultOptions()
                : new FaultOptions
                {
                    ServerError = 0.005,
                    CutAfterTaken = 0.005,
                    CutGet = 0.01,
                },
            Seed = 19,
        };
        await using var cluster = await ServedCluster
            .StartAsync(options, FormattableString.Invariant($"{{ concurrency: {Limit} }}"), Nodes)
            .ConfigureAwait(false);
        for (var i = 0; i < Batches; i++)
        {
            var name = FormattableString.Invariant($"soak{i}");
            var seconds = FormattableString.Invariant($"{WorkPerFault * faults * Limit / runs} * (1 + n % 5) / 3");
            var id = await cluster
                .SubmitAsync(i % Nodes, name, ServedAccount.Scenario(name, runs / Batches, seconds))
                .ConfigureAwait(false);
            Say($"submitted {id}");
        }

        return await SoakAsync(cluster, faults, isCalm ? only[Calm.Length..] : only, runs / Batches * Batches)
            .ConfigureAwait(false);
    }

    private static async Task<bool> SoakAsync(ServedCluster cluster, int most, string only, int runs)
    {
        var faults = new ClusterFaults(cluster.Database, cluster.Nodes, only);
        var waits = new List<(string Kind, TimeSpan Waited)>();
        var pauses = new List<TimeSpan>();
        var isCounted = true;
        var watch = Stopwatch.StartNew();
        for (var fault = 0; fault < most && !await cluster.AreOverAsync(Batches).ConfigureAwait(false); fault++)
        {
            var begun = Now();
            var kind = await faults.NextAsync().ConfigureAwait(false);
            var waited = await UntilAllGoOnAsync(cluster.Database).ConfigureAwait(false);
            var drift = await DriftAsync(cluster.Database).ConfigureAwait(false);
            isCounted &= drift == 0;
            waits.Add((kind, waited));
            if (kind.StartsWith("kill", StringComparison.Ordinal))
            {
                var pause = await LongestPauseAsync(cluster.Database, begun).ConfigureAwait(false);
                pauses.Add(pause);
                Say($"               the batches of the other nodes paused for {pause.TotalSeconds:0.00} s at most");
            }

            Say(
                $"{watch.Elapsed.TotalSeconds, 7:0} s  {fault + 1, 4}  {kind, -24} every batch had its next event after {waited.TotalSeconds:0.0} s; taken {cluster.Traffic.Taken.Count}, most unfinished {cluster.Traffic.MostUnfinished}{(drift == 0 ? "" : FormattableString.Invariant($"; the count of slots is off by {drift}"))}"
            );
            if (waited > WorthAWord)
            {
                await TellSlowestAsync(cluster.Database, begun).ConfigureAwait(false);
            }

            await Task.Delay(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        }

        foreach (var kind in waits.GroupBy(wait => wait.Kind, wait => wait.Waited.TotalSeconds))
        {
            var sorted = kind.Order().ToList();
            Say(
                $"{sorted.Count, 4} × {kind.Key, -24} until every batch had its next event: median {sorted[sorted.Count / 2], 5:0.0} s, longest {sorted[^1], 5:0.0} s"
            );
        }

        if (pauses.Count > 0)
        {
            pauses.Sort();
            Say(
                $"a node killed: the batches of the others had no event for {pauses[pauses.Count / 2].TotalSeconds:0.00} s, median, and {pauses[^1].TotalSeconds:0.00} s at most"
            );
        }

        while (!await cluster.AreOverAsync(Batches).ConfigureAwait(false))
        {
            await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        }

        return await JudgeAsync(cluster, runs).ConfigureAwait(false) && isCounted;
    }

    private static async Task<bool> JudgeAsync(ServedCluster cluster, int runs)
    {
        var (database, nodes, traffic) = (cluster.Database, cluster.Nodes, cluster.Traffic);
        var bodies = traffic.Taken.Select(task => Encoding.UTF8.GetString(task.Body.Span)).ToList();
        var twice = bodies.Count - bodies.Distinct(StringComparer.Ordinal).Count();
        var ended = (
            await database
                .ReadAsync(
                    "SELECT count(*) FILTER (WHERE phase = 'completed'), count(*) FILTER (WHERE phase = 'failed') FROM runs",
                    row => (Completed: row.GetInt64(0), Failed: row.GetInt64(1))
                )
                .ConfigureAwait(false)
        )[0];
        var left = await database
            .ReadAsync(
                "SELECT held, open, doubt FROM accounts",
                row => row.GetInt64(0) + row.GetInt64(1) + row.GetInt64(2)
            )
            .ConfigureAwait(false);
        var epochs = await database
            .ReadAsync("SELECT sum(epoch)::bigint FROM batches", row => row.GetInt64(0))
            .ConfigureAwait(false);
        var most = traffic.MostUnfinished;
        Say(
            $"take-overs {epochs[0] - Batches}; nodes that the cluster lost {nodes.Sum(node => node.TimesLost)}, that failed {nodes.Sum(node => node.TimesFailed)}"
        );
        Say(
            $"runs {runs}: completed {ended.Completed}, failed (ambiguous) {ended.Failed}, lost {runs - ended.Completed - ended.Failed}; tasks taken {bodies.Count}, taken twice {twice}; most unfinished {most} of {Limit}; slots left {left.Sum()}"
        );
        return twice == 0 && ended.Completed + ended.Failed == runs && most <= Limit && left.Sum() == 0;
    }

    /// <summary>By how much the accounts' counts of slots in use are not those of their runs, which one snapshot tells.</summary>
    private static async Task<long> DriftAsync(DatabaseProcess database)
    {
        var drifts = await database
            .ReadAsync(
                """
                SELECT a.held - (
                    SELECT count(*) FROM runs AS r JOIN batches AS b ON b.number = r.batch
                    WHERE r.phase IN ('submitting', 'unconfirmed', 'at-service') AND r.released = 0 AND b.account = a.name)
                FROM accounts AS a
                """,
                row => row.GetInt64(0)
            )
            .ConfigureAwait(false);
        return drifts.Sum(Math.Abs);
    }

    /// <summary>Waits until every unfinished batch has had an event of its driver since now.</summary>
    private static async Task<TimeSpan> UntilAllGoOnAsync(DatabaseProcess database)
    {
        var watch = Stopwatch.StartNew();
        var since = Now();
        while (watch.Elapsed < TimeSpan.FromMinutes(3))
        {
            var waiting = await database
                .ReadAsync(
                    $"""
                    SELECT count(*) FROM batches AS b WHERE coalesce(b.ended_how, '') <> 'all-runs-ended' AND NOT EXISTS (
                        SELECT 1 FROM steps AS s WHERE s.batch = b.number AND s.at > '{since}')
                    """,
                    row => row.GetInt64(0)
                )
                .ConfigureAwait(false);
            if (waiting is [0])
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
        }

        return watch.Elapsed;
    }

    /// <summary>Says when each batch was left and taken over since a fault, and when its first event after that came.</summary>
    private static async Task TellSlowestAsync(DatabaseProcess database, string since)
    {
        var batches = await database
            .ReadAsync(
                $"""
                SELECT concat_ws(', ',
                    b.id,
                    'left ' || (SELECT max(d.at)::timestamptz - '{since}' FROM drives AS d WHERE d.batch = b.number AND d.event <> 'resumed' AND d.at > '{since}'),
                    'taken over ' || (taken.at::timestamptz - '{since}'),
                    'first event ' || ((SELECT min(s.at) FROM steps AS s WHERE s.batch = b.number AND s.at > coalesce(taken.at, '{since}'))::timestamptz - '{since}'))
                FROM batches AS b LEFT JOIN LATERAL (
                    SELECT max(d.at) AS at FROM drives AS d WHERE d.batch = b.number AND d.event = 'resumed' AND d.at > '{since}'
                ) AS taken ON true
                ORDER BY b.number
                """,
                row => row.GetString(0)
            )
            .ConfigureAwait(false);
        foreach (var batch in batches)
        {
            Say($"               {batch}");
        }
    }

    /// <summary>The longest time since a fault without an event of a batch that has kept its driver.</summary>
    private static async Task<TimeSpan> LongestPauseAsync(DatabaseProcess database, string since)
    {
        var gaps = await database
            .ReadAsync(
                $"""
                SELECT coalesce(max(gap), interval '0') FROM (
                    SELECT s.at::timestamptz - lag(s.at::timestamptz) OVER (PARTITION BY s.batch ORDER BY s.at) AS gap
                    FROM steps AS s JOIN batches AS b ON b.number = s.batch
                    WHERE s.at > '{since}' AND coalesce(b.ended_how, '') <> 'all-runs-ended' AND NOT EXISTS (
                        SELECT 1 FROM drives AS d WHERE d.batch = s.batch AND d.at > '{since}')) AS gaps
                """,
                row => row.GetTimeSpan(0)
            )
            .ConfigureAwait(false);
        return gaps[0];
    }

    private static string Now() =>
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}

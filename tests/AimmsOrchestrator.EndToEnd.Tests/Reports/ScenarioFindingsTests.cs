using System.Globalization;
using System.Text.RegularExpressions;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using static AimmsOrchestrator.EndToEnd.Tests.Reports.RunsInDuckDb;

namespace AimmsOrchestrator.EndToEnd.Tests.Reports;

/// <summary>The findings of each scenario of the repository, sentence by sentence, against what DuckDB calculates from its Parquet file.</summary>
public sealed class ScenarioFindingsTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Those_of_a_grid()
    {
        var findings = await RunAsync("transport-whatif.yaml");
        await using var runs = await OpenAsync(_folder.File("all.parquet"));

        Assert.Equal(await OfGridAsync(runs, 15), findings);
    }

    [Fact]
    public async Task Those_of_the_same_grid_at_the_cloud()
    {
        const string Key = "k3y-of-the-findings";
        using var service = await EmulatorProgram.StartAsync(_folder, "--apikey", Key);
        _folder.Environment["AIMMS_API_KEY"] = Key;

        var findings = await RunAsync(
            "cloud-whatif.yaml",
            text =>
                Regex
                    .Replace(
                        text,
                        "^poll: .*$",
                        "poll: { every: 50ms }",
                        RegexOptions.Multiline,
                        TimeSpan.FromSeconds(5)
                    )
                    .Replace("30/min", "100/s", StringComparison.Ordinal)
                    .Replace("10/s", "100/s", StringComparison.Ordinal),
            "--url",
            $"{service.Address}"
        );
        await using var runs = await OpenAsync(_folder.File("all.parquet"));

        Assert.Equal((await OfGridAsync(runs, 14)).Take(3), findings);
    }

    [Fact]
    public async Task Those_of_one_parameter_at_a_time()
    {
        var findings = await RunAsync("transport-tornado.yaml");
        await using var runs = await OpenAsync(_folder.File("all.parquet"));

        string[] parameters = ["freight", "new_york", "chicago", "topeka", "to_topeka"];
        const string Moved = """
            CASE WHEN freight <> 90 THEN 'freight ' || freight WHEN new_york <> 325 THEN 'new_york ' || new_york
              WHEN chicago <> 300 THEN 'chicago ' || chicago WHEN topeka <> 275 THEN 'topeka ' || topeka
              WHEN to_topeka <> 1.4 THEN 'to_topeka ' || to_topeka ELSE '' END
            """;
        var cost = await MovesAsync(runs, "cost", parameters);
        var most = cost.OrderByDescending(m => m.High - m.Low)
            .Take(3)
            .Select(m => $"{m.Parameter} (from {Five(m.Low)} at {m.LowAt} to {Five(m.High)} at {m.HighAt})")
            .ToList();
        var lanes = await MovesAsync(runs, "open_lanes", parameters);
        var (moving, still) = (
            lanes.Where(m => m.High > m.Low).Select(m => m.Parameter).ToList(),
            lanes.Where(m => m.High <= m.Low).Select(m => m.Parameter)
        );
        Assert.Equal(
            [
                $"All {await runs.TextAsync("SELECT count(*) FROM t WHERE state = 'completed'")} runs completed.",
                await runs.RangeAsync("cost", Moved),
                $"cost, {Five(await BaseAsync("cost"))} at the base, moves most with {most[0]}, {most[1]} and {most[2]}.",
                await runs.CountsAsync("open_lanes"),
                $"open_lanes, {await BaseAsync("open_lanes")} at the base, moves equally with {string.Join(", ", moving.SkipLast(1))} and {moving[^1]}: between 3 and 4; {string.Join("", still)} does not move it.",
            ],
            findings
        );

        Task<double> BaseAsync(string result) => runs.NumberAsync($"SELECT {result} FROM t WHERE \"index\" = 0");
    }

    [Fact]
    public async Task Those_of_a_sample()
    {
        var findings = await RunAsync("transport-risk.yaml");
        await using var runs = await OpenAsync(_folder.File("all.parquet"));
        const string Completed = "FROM t WHERE state = 'completed'";

        var failed = await runs.NumberAsync("SELECT count(*) FROM t WHERE state = 'failed'");
        var outcome = Regex.Match(
            findings[0],
            $"^{500 - failed} of 500 runs completed, {failed} failed \\(the task completed, but the scenario's success does not hold\\): all {failed} have growth ≥ ([0-9.]+)\\.$",
            RegexOptions.None,
            TimeSpan.FromSeconds(5)
        );
        Assert.True(outcome.Success, findings[0]);
        var bound = outcome.Groups[1].Value;
        Assert.Equal(
            failed,
            await runs.NumberAsync($"SELECT count(*) FROM t WHERE growth >= {bound} AND state = 'failed'")
        );
        Assert.Equal(0, await runs.NumberAsync($"SELECT count(*) {Completed} AND growth >= {bound}"));

        Assert.StartsWith("cost ranges from ", findings[1], StringComparison.Ordinal);
        Assert.Contains(
            $" to {Five(await runs.NumberAsync($"SELECT max(cost) {Completed}"))} (freight {Five(await runs.NumberAsync($"SELECT arg_max(freight, cost) {Completed}"))}, ",
            findings[1],
            StringComparison.Ordinal
        );
        var (low, high, mean) = (
            Five(await runs.NumberAsync($"SELECT quantile_cont(cost, 0.05) {Completed}")),
            Five(await runs.NumberAsync($"SELECT quantile_cont(cost, 0.95) {Completed}")),
            Five(await runs.NumberAsync($"SELECT avg(cost) {Completed}"))
        );
        // Student's t at 97.5 % with 460 degrees of freedom.
        var half = Five(1.965123 * await runs.NumberAsync($"SELECT stddev_samp(cost) / sqrt(count(cost)) {Completed}"));
        Assert.Equal(
            $"cost lies between {low} and {high} in 90 % of the runs (P5 to P95); its mean is {mean} ± {half} (95 % confidence).",
            findings[2]
        );

        var (freight, growth) = (await ShareAsync("cost", "freight"), await ShareAsync("cost", "growth"));
        Assert.Equal(
            $"freight explains {Percent(freight)} of how cost varies (it rises with it); growth {Percent(growth)}{(freight + growth > 1 ? " (the shares overlap: the parameters of this sample are not quite independent)" : "")}.",
            findings[3]
        );
        Assert.Equal(await runs.CountsAsync("open_lanes"), findings[4]);
        Assert.StartsWith(
            $"detour explains {Percent(await ShareAsync("open_lanes", "detour"))} of how open_lanes varies; growth {Percent(await ShareAsync("open_lanes", "growth"))}; detour and growth together explain a further ",
            findings[5],
            StringComparison.Ordinal
        );
        Assert.Equal(6, findings.Count);

        Task<double> ShareAsync(string result, string parameter) => runs.EpsilonSquaredAsync(result, parameter);
    }

    [Fact]
    public async Task Those_of_solves_of_growing_size()
    {
        // Half the size: the same sentences in seconds instead of minutes; and all solves come to their end on any machine.
        var findings = await RunAsync(
            "facility-sweep.yaml",
            text =>
                text.Replace("customers: [40, 60, 80]", "customers: [16, 24, 32]", StringComparison.Ordinal)
                    .Replace("timeLimit: 60", "timeLimit: 3600", StringComparison.Ordinal)
                    .Replace("poll: { first: 500ms", "poll: { first: 50ms", StringComparison.Ordinal)
        );
        await using var runs = await OpenAsync(_folder.File("all.parquet"));

        var (size, cost) = (
            await runs.EtaSquaredAsync("cost", "customers"),
            await runs.EtaSquaredAsync("cost", "fixedCost")
        );
        var (first, second) = size > cost ? ("customers", "fixedCost") : ("fixedCost", "customers");
        Assert.Equal(
            [
                $"All {await runs.TextAsync("SELECT count(*) FROM t WHERE status = 'optimal'")} runs have status optimal.",
                await runs.RangeAsync(
                    "cost",
                    "printf('customers %d, fixedCost %s, seed %d', customers, regexp_replace(fixedCost::VARCHAR, '\\.0$', ''), seed)"
                ),
                $"{first} explains {Percent(Math.Max(size, cost))} of how cost varies (it rises with it); {second} {Percent(Math.Min(size, cost))}.",
                $"gap is {await runs.TextAsync("SELECT max(gap)::INT FROM t")} in all {await runs.TextAsync("SELECT count(gap) FROM t")} runs that have it.",
            ],
            findings
        );
    }

    /// <summary>What holds of freight by growth wherever it is solved.</summary>
    private static async Task<List<string>> OfGridAsync(RunsInDuckDb runs, int count)
    {
        var (optimal, infeasible) = (
            await runs.NumberAsync("SELECT count(*) FROM t WHERE status = 'optimal'"),
            await runs.NumberAsync("SELECT count(*) FROM t WHERE status = 'infeasible'")
        );
        var growth = await runs.NumberAsync("SELECT min(growth) FROM t WHERE status = 'infeasible'");
        Assert.Equal(growth, await runs.NumberAsync("SELECT max(growth) FROM t WHERE status = 'infeasible'"));
        Assert.True(growth > await runs.NumberAsync("SELECT max(growth) FROM t WHERE status = 'optimal'"));
        List<string> sentences =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{optimal} of {count} runs have status optimal, {infeasible} infeasible: all {infeasible} have growth = {growth}."
            ),
            await runs.RangeAsync("cost", "printf('freight %d, growth %.1f', freight, growth)"),
            $"freight explains {await PercentAsync("freight", "growth")} of how cost varies (it rises with it); growth {await PercentAsync("growth", "freight")}.",
        ];
        return await runs.NumberAsync("SELECT count(*) FROM (DESCRIBE t) WHERE column_name = 'open_lanes'") > 0
            ?
            [
                .. sentences,
                await runs.CountsAsync("open_lanes"),
                $"freight explains {Percent(await runs.ShareAsync("open_lanes", "freight", "growth"))} of how open_lanes varies.",
            ]
            : sentences;

        async Task<string> PercentAsync(string parameter, string other) =>
            Percent(await runs.ShareAsync("cost", parameter, other));
    }

    /// <summary>The least and the greatest result while one parameter moves and the others stay at the first run's values.</summary>
    private static async Task<
        List<(string Parameter, double Low, string LowAt, double High, string HighAt)>
    > MovesAsync(RunsInDuckDb runs, string result, IReadOnlyList<string> parameters)
    {
        var moves = new List<(string, double, string, double, string)>();
        foreach (var parameter in parameters)
        {
            var others = parameters
                .Where(other => other != parameter)
                .Select(other => $"{other} = (SELECT {other} FROM t WHERE \"index\" = 0)");
            var among = $"FROM t WHERE {string.Join(" AND ", others)}";
            moves.Add(
                (
                    parameter,
                    await runs.NumberAsync($"SELECT min({result}) {among}"),
                    Five(await runs.NumberAsync($"SELECT arg_min({parameter}, {result}) {among}")),
                    await runs.NumberAsync($"SELECT max({result}) {among}"),
                    Five(await runs.NumberAsync($"SELECT arg_max({parameter}, {result}) {among}"))
                )
            );
        }

        return moves;
    }

    private async Task<List<string>> RunAsync(
        string scenario,
        Func<string, string>? change = null,
        params string[] options
    )
    {
        var folder = Path.Combine(ProgramFolder.Repository, "scenarios");
        File.Copy(Path.Combine(folder, "transport.json"), _folder.File("transport.json"));
        var text = await File.ReadAllTextAsync(Path.Combine(folder, scenario));
        _folder.Write(scenario, change?.Invoke(text) ?? text);
        var run = await _folder.RunAsync(["run", scenario, .. options]);
        Assert.True(run.ExitCode is 0 or 1, run.Errors);
        await _folder.EndsAsync(0, "report", "--output", "all.parquet");
        var page = await _folder.RunAsync("report", "--format", "md");
        return
        [
            .. page
                .Output.Split('\n')
                .Where(line => line.StartsWith("- ", StringComparison.Ordinal))
                .Select(line => line[2..].Replace("\\", "", StringComparison.Ordinal)),
        ];
    }
}

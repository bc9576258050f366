using System.Globalization;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using DuckDB.NET.Data;

namespace AimmsOrchestrator.EndToEnd.Tests.Reports;

/// <summary>The findings of the repository's scenarios against what DuckDB calculates from the Parquet file.</summary>
public sealed class FindingsTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task The_findings_of_a_grid_are_what_DuckDB_calculates()
    {
        var (findings, connection) = await RunAsync("transport-whatif.yaml");
        await using var database = connection;

        var optimal = await NumberAsync(database, "SELECT count(*) FROM t WHERE status = 'optimal'");
        var infeasible = await NumberAsync(database, "SELECT count(*) FROM t WHERE status = 'infeasible'");
        var growth = await NumberAsync(database, "SELECT min(growth) FROM t WHERE status = 'infeasible'");
        Assert.Equal(growth, await NumberAsync(database, "SELECT max(growth) FROM t WHERE status = 'infeasible'"));
        Assert.Equal(
            0,
            await NumberAsync(database, $"SELECT count(*) FROM t WHERE status = 'optimal' AND growth >= {growth}")
        );
        Assert.Contains(
            $"- {optimal} of 15 runs have status optimal, {infeasible} infeasible: all {infeasible} have growth = {growth}.",
            findings
        );

        var lowest = await TextAsync(
            database,
            "SELECT printf('%.2f (freight %d, growth %.1f)', cost, freight, growth) FROM t WHERE cost IS NOT NULL ORDER BY cost LIMIT 1"
        );
        var highest = await TextAsync(
            database,
            "SELECT printf('%.2f (freight %d, growth %.1f)', cost, freight, growth) FROM t ORDER BY cost DESC NULLS LAST LIMIT 1"
        );
        var median = await TextAsync(database, "SELECT printf('%.2f', median(cost)) FROM t");
        Assert.Contains($"- cost ranges from {lowest} to {highest}; its median is {median}.", findings);

        var (freight, other) = (await ShareAsync(database, "freight"), await ShareAsync(database, "growth"));
        Assert.Contains(
            $"- freight explains {freight} % of how cost varies (it rises with it); growth {other} %.",
            findings
        );
    }

    [Fact]
    public async Task The_findings_of_a_sample_are_what_DuckDB_calculates()
    {
        var (findings, connection) = await RunAsync("transport-risk.yaml");
        await using var database = connection;

        var failed = await NumberAsync(database, "SELECT count(*) FROM t WHERE state <> 'completed'");
        Assert.Contains(
            findings,
            line =>
                line.StartsWith($"- {500 - failed} of 500 runs completed, {failed} failed", StringComparison.Ordinal)
        );
        var (low, high, mean) = (
            await TextAsync(
                database,
                "SELECT printf('%.2f', quantile_cont(cost, 0.05)) FROM t WHERE state = 'completed'"
            ),
            await TextAsync(
                database,
                "SELECT printf('%.2f', quantile_cont(cost, 0.95)) FROM t WHERE state = 'completed'"
            ),
            await TextAsync(database, "SELECT printf('%.2f', avg(cost)) FROM t WHERE state = 'completed'")
        );
        Assert.Contains(
            findings,
            line =>
                line.StartsWith(
                    $"- cost lies between {low} and {high} in 90 % of the runs (P5 to P95); its mean is {mean} ",
                    StringComparison.Ordinal
                )
        );

        // The parameter that correlates most with the cost is the one that explains most of it.
        var first = await TextAsync(
            database,
            "SELECT name FROM (SELECT unnest(['freight', 'growth', 'detour']) AS name, unnest([abs(corr(cost, freight)), abs(corr(cost, growth)), abs(corr(cost, detour))]) AS r FROM t WHERE state = 'completed') ORDER BY r DESC LIMIT 1"
        );
        Assert.Contains(findings, line => line.StartsWith($"- {first} explains ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistyped_result_is_a_finding_with_the_word_that_was_meant()
    {
        _folder.Write(
            "typo.yaml",
            """
            name: typo
            service: { url: emulator, name: echo }
            sweep: { matrix: { x: [1, 2, 3] } }
            request: { json: { objective: "${{ x }}" } }
            poll: { every: 20ms }
            results: { cost: response.objetive }
            """
        );
        var run = await _folder.RunAsync("run", "typo.yaml");

        Assert.Contains(
            "cost is empty in all 3 runs: the response has no \"objetive\"; did you mean \"objective\"?\n",
            run.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_plan_warns_of_a_mistyped_result_where_the_service_has_answered_before()
    {
        const string Scenario = """
            name: plain
            service: { url: emulator, name: echo }
            sweep: { matrix: { x: [1, 2] } }
            request: { json: { objective: "${{ x }}" } }
            poll: { every: 20ms }
            """;
        _folder.Write("plain.yaml", Scenario);
        await _folder.RunAsync("run", "plain.yaml");
        _folder.Write("next.yaml", $"{Scenario}\nresults: {{ cost: response.objetive, good: response.objective }}\n");

        var plan = await _folder.RunAsync("plan", "next.yaml");

        Assert.Contains(
            "warning: cost would be empty: the response has no \"objetive\"; did you mean \"objective\"? (as in plain-1)",
            plan.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("good would be empty", plan.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(List<string> Findings, DuckDBConnection Connection)> RunAsync(string scenario)
    {
        var path = Path.Combine(ProgramFolder.Repository, "scenarios", scenario);
        await _folder.RunAsync("run", path);
        await _folder.RunAsync("report", "--output", "all.parquet");
        var page = await _folder.RunAsync("report", "--format", "md");
        var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();
        await using var view = connection.CreateCommand();
        view.CommandText = $"CREATE VIEW t AS SELECT * FROM '{_folder.File("all.parquet")}'";
        await view.ExecuteNonQueryAsync();
        var findings = page.Output.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal));
        return ([.. findings.Select(line => line.Replace("\\", "", StringComparison.Ordinal))], connection);
    }

    /// <summary>The share of the variance between the groups of a parameter's values, without what chance explains, in per cent.</summary>
    private static async Task<double> ShareAsync(DuckDBConnection database, string parameter)
    {
        const string Known = "FROM t WHERE cost IS NOT NULL";
        var total = await NumberAsync(database, $"SELECT var_pop(cost) * count(*) {Known}");
        var between = await NumberAsync(database, Between(parameter));
        var (own, other) = (
            await NumberAsync(database, $"SELECT count(DISTINCT {parameter}) - 1 {Known}"),
            parameter == "freight" ? "growth" : "freight"
        );
        var otherBetween = await NumberAsync(database, Between(other));
        var freedom = await NumberAsync(
            database,
            $"SELECT count(*) - 1 - (count(DISTINCT freight) - 1) - (count(DISTINCT growth) - 1) {Known}"
        );
        var chance = own * (total - between - otherBetween) / freedom;
        return Math.Round(100 * (between - chance) / total);

        static string Between(string by) =>
            $"SELECT sum(n * (m - (SELECT avg(cost) {Known})) ** 2) FROM (SELECT count(*) AS n, avg(cost) AS m {Known} GROUP BY {by})";
    }

    private static async Task<double> NumberAsync(DuckDBConnection database, string sql) =>
        double.Parse(await TextAsync(database, sql), CultureInfo.InvariantCulture);

    private static async Task<string> TextAsync(DuckDBConnection database, string sql)
    {
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
    }
}

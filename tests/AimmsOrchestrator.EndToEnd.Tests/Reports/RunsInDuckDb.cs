using System.Globalization;
using DuckDB.NET.Data;

namespace AimmsOrchestrator.EndToEnd.Tests.Reports;

/// <summary>The runs of a Parquet report as the view <c>t</c>, and what DuckDB calculates from them, in the words of findings.</summary>
internal sealed class RunsInDuckDb : IAsyncDisposable
{
    private const int Digits = 5;

    private readonly DuckDBConnection _database = new("DataSource=:memory:");

    public static async Task<RunsInDuckDb> OpenAsync(string parquet)
    {
        var runs = new RunsInDuckDb();
        await runs._database.OpenAsync();
        await runs.TextAsync($"CREATE VIEW t AS SELECT * FROM '{parquet}'");
        return runs;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>A number with five digits, and with all of its whole part.</summary>
    public static string Five(double number)
    {
        var whole = Math.Truncate(Math.Abs(number)).ToString(CultureInfo.InvariantCulture).TrimStart('0').Length;
        var zeros = whole == 0 && number != 0 ? (int)-Math.Ceiling(Math.Log10(Math.Abs(number))) : 0;
        var decimals = Math.Max(0, Digits - whole + zeros);
        return Math.Round(number, decimals).ToString($"#,0.{new string('#', decimals)}", CultureInfo.InvariantCulture);
    }

    public async Task<double> NumberAsync(string sql) =>
        double.Parse(await TextAsync(sql), CultureInfo.InvariantCulture);

    public async Task<string> TextAsync(string sql)
    {
        await using var command = _database.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>Where a result lies, with the settings of the runs at its ends.</summary>
    /// <param name="result">The result.</param>
    /// <param name="settings">An expression for a run's settings.</param>
    public async Task<string> RangeAsync(string result, string settings)
    {
        var (low, high) = (await EndAsync("min", "ASC"), await EndAsync("max", "DESC"));
        var median = Five(await NumberAsync($"SELECT median({result}) FROM t WHERE state = 'completed'"));
        return $"{result} ranges from {low} to {high}; its median is {median}.";

        async Task<string> EndAsync(string function, string order)
        {
            var end = await NumberAsync($"SELECT {function}({result}) FROM t WHERE state = 'completed'");
            var shared = await NumberAsync(
                $"SELECT count(*) FROM t WHERE {result} = (SELECT {function}({result}) FROM t WHERE state = 'completed')"
            );
            var all = await NumberAsync($"SELECT count({result}) FROM t WHERE state = 'completed'");
            var at = await TextAsync(
                $"SELECT {settings} FROM t WHERE state = 'completed' AND {result} IS NOT NULL ORDER BY {result} {order}, \"index\" LIMIT 1"
            );
            return $"{Five(end)} ({(2 * shared >= all ? $"in {shared} runs" : at)})";
        }
    }

    /// <summary>How often a result has each of its values.</summary>
    public async Task<string> CountsAsync(string result)
    {
        var words = await TextAsync(
            $"""
            SELECT string_agg({result} || ' in ' || n || CASE n WHEN 1 THEN ' run' ELSE ' runs' END, ' and ' ORDER BY {result})
            FROM (SELECT {result}, count(*) AS n FROM t WHERE {result} IS NOT NULL AND state = 'completed' GROUP BY ALL)
            """
        );
        return $"{result} is {words}.";
    }

    /// <summary>The share of the variance between a parameter's values, in a full grid.</summary>
    public Task<double> EtaSquaredAsync(string result, string parameter) =>
        NumberAsync(
            $"""
            SELECT sum((m - all_m) ** 2) / sum((x - all_m) ** 2) FROM
              (SELECT {result} AS x, avg({result}) OVER (PARTITION BY {parameter}) AS m, avg({result}) OVER () AS all_m
               FROM t WHERE {result} IS NOT NULL)
            """
        );

    /// <summary>
    /// The same between classes of a parameter with as many runs each, as many as runs in a class, without what chance explains:
    /// Kelley's epsilon squared.
    /// </summary>
    public Task<double> EpsilonSquaredAsync(string result, string parameter) =>
        NumberAsync(
            $"""
            WITH counting AS (SELECT count({result}) AS n FROM t WHERE state = 'completed'),
              classed AS (
                SELECT {result} AS x, state,
                  floor((row_number() OVER (ORDER BY {parameter}) - 0.5) * floor(sqrt((SELECT n FROM counting))) / count(*) OVER ()) AS c
                FROM t),
              runs AS (
                SELECT c, x, avg(x) OVER (PARTITION BY c) AS m, avg(x) OVER () AS all_m
                FROM classed WHERE state = 'completed' AND x IS NOT NULL),
              sums AS (
                SELECT sum((m - all_m) ** 2) AS between_, sum((x - all_m) ** 2) AS total, count(DISTINCT c) AS k, count(*) AS n FROM runs)
            SELECT (between_ - (k - 1) * (total - between_) / (n - k)) / total FROM sums
            """
        );

    /// <summary>The share of the variance between a parameter's values in a grid of two, without what chance explains.</summary>
    public async Task<double> ShareAsync(string result, string parameter, string other)
    {
        var (own, both) = (
            await EtaSquaredAsync(result, parameter),
            await EtaSquaredAsync(result, parameter) + await EtaSquaredAsync(result, other)
        );
        var (n, k, l) = (
            await NumberAsync($"SELECT count({result}) FROM t"),
            await NumberAsync($"SELECT count(DISTINCT {parameter}) FROM t WHERE {result} IS NOT NULL"),
            await NumberAsync($"SELECT count(DISTINCT {other}) FROM t WHERE {result} IS NOT NULL")
        );
        return own - ((k - 1) * Math.Max(0, 1 - both) / (n - k - l + 1));
    }

    public static string Percent(double share) =>
        share > 0.9999 ? "100 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}

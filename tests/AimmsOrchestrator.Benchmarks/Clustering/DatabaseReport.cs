using System.Diagnostics;
using System.Globalization;
using AimmsOrchestrator.Benchmarks.Serving;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Clustering;

/// <summary>
/// Reports of a large batch that a server gives, from SQLite and from PostgreSQL: the time of each format, and the most memory
/// that the server had meanwhile. The batch is made in a workspace and imported into the database.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- database-report 1000000</c>.
/// </summary>
internal static class DatabaseReport
{
    public const string Name = "database-report";

    private static readonly string[] Formats = ["csv", "jsonl", "parquet", "xlsx", "md", "html"];

    public static async Task RunAsync(int runs)
    {
        await using var database = await DatabaseProcess.StartAsync().ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("database-report-").FullName;
        var made = Stopwatch.StartNew();
        await ReportBenchmark.MakeAsync(Path.Combine(folder, "workspace"), runs, costs: 1000).ConfigureAwait(false);
        Say($"a journal of {runs} runs, made in {made.Elapsed.TotalSeconds:0.0} s");
        made.Restart();
        using (var import = BatchProgram.Start(folder, "import", "--from", "workspace", "--to", database.Connection))
        {
            _ = import.StandardOutput.ReadToEndAsync();
            var said = await import.StandardError.ReadToEndAsync().ConfigureAwait(false);
            await import.WaitForExitAsync().ConfigureAwait(false);
            Say($"imported in {made.Elapsed.TotalSeconds:0.0} s, exit code {import.ExitCode} {said}");
        }

        Say($"{"format", -8} {"SQLite", 8} {"PostgreSQL", 11} s {"ratio", 6}   {"SQLite", 7} {"PostgreSQL", 11} MB");
        foreach (var format in Formats)
        {
            var sqlite = await ReportAsync(folder, format, "--workspace", "workspace").ConfigureAwait(false);
            var postgres = await ReportAsync(folder, format, "--database", database.Connection).ConfigureAwait(false);
            Say(
                $"{format, -8} {sqlite.Seconds, 8:0.0} {postgres.Seconds, 11:0.0}   {postgres.Seconds / sqlite.Seconds, 6:0.00}   {sqlite.Megabytes, 7:0} {postgres.Megabytes, 11:0}   {(sqlite.Bytes == postgres.Bytes ? "as long" : FormattableString.Invariant($"{sqlite.Bytes} and {postgres.Bytes} bytes"))}"
            );
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(double Seconds, double Megabytes, long Bytes)> ReportAsync(
        string folder,
        string format,
        params string[] workspace
    )
    {
        await using var server = await ServerProcess.StartAsync(folder, workspace).ConfigureAwait(false);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
        var watch = Stopwatch.StartNew();
        using var answer = await client
            .GetAsync(
                new Uri($"/api/batches/large-1/report?format={format}", UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead
            )
            .ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        var file = Path.Combine(folder, "report");
        await using (var target = File.Create(file))
        {
            await answer.Content.CopyToAsync(target).ConfigureAwait(false);
        }

        return (watch.Elapsed.TotalSeconds, server.MostMegabytes, new FileInfo(file).Length);
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}

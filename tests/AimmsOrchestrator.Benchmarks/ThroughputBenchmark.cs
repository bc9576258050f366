using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>
/// Runs against a service that answers at once: the whole program, journal on, as against a bare HttpClient that makes the
/// same three requests per run, in turn on the same machine. Service, program and bare client are processes of their own, the
/// latter two fresh for each round. The rate of the whole process counts its start; the steady one the last four fifths of
/// the runs.
/// </summary>
internal static class ThroughputBenchmark
{
    public const string Name = "throughput";

    /// <summary>The argument that makes this program the bare client.</summary>
    public const string Bare = "bare";

    private const int DefaultRuns = 20_000;
    private const int Concurrency = 256;
    private const int Rounds = 3;

    /// <param name="runs">How many runs; one round suffices for many.</param>
    /// <param name="published">The folder of a published program; null for the one that was built with this.</param>
    public static async Task RunAsync(int runs = DefaultRuns, string? published = null)
    {
        var folder = Directory.CreateTempSubdirectory("aimms-batch-bench-").FullName;
        using var service = BatchProgram.Start(folder, "emulator", "--port", "0", "--parallel", "1024");
        try
        {
            var line =
                await service.StandardError.ReadLineAsync()
                ?? throw new InvalidOperationException("The emulator did not start.");
            var address = line.Split(' ')[2].TrimEnd(':');
            await File.WriteAllTextAsync(Path.Combine(folder, "echo.yaml"), Scenario(address, runs));
            await BareInFreshProcessAsync(address, DefaultRuns);

            Console.WriteLine("       whole process, runs/s     steady, runs/s            last tenth  peak  journal");
            Console.WriteLine("round    bare  program  ratio      bare  program  ratio     / first    MB    bytes/run");
            for (var round = 1; round <= (runs > DefaultRuns ? 1 : Rounds); round++)
            {
                var bare = await BareInFreshProcessAsync(address, runs);
                var program = await ProgramAsync(published, folder, round, runs);
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{round, 5} {bare.Whole, 7:0}  {program.Rates.Whole, 7:0}  {program.Rates.Whole / bare.Whole, 5:0.00}   {bare.Steady, 7:0}  {program.Rates.Steady, 7:0}  {program.Rates.Steady / bare.Steady, 5:0.00}       {program.LastToFirst, 5:0.00}  {program.PeakMegabytes, 4}  {program.JournalBytes, 9}"
                    )
                );
            }
        }
        finally
        {
            service.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Makes the given number of runs, and writes the steady rate: this program as the bare client.</summary>
    public static async Task BareAsync(string address, int runs)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Concurrency })
        {
            BaseAddress = new Uri(address),
        };
        var (next, ended) = (0, 0);
        var watch = Stopwatch.StartNew();
        var warm = TimeSpan.Zero;
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => LoopAsync()));
        var rate = (runs - (runs / 5)) / (watch.Elapsed - warm).TotalSeconds;
        Console.WriteLine(rate.ToString("R", CultureInfo.InvariantCulture));

        async Task LoopAsync()
        {
            while (Interlocked.Increment(ref next) is var i && i <= runs)
            {
                using var body = new StringContent($$"""{"objective":{{i}}}""", Encoding.UTF8, "application/json");
                using var submitted = await http.PostAsync(new Uri("/api/v2/tasks/echo", UriKind.Relative), body);
                using var task = JsonDocument.Parse(await submitted.Content.ReadAsByteArrayAsync());
                var id = task.RootElement.GetProperty("id").GetString();
                string? state = null;
                while (state != "completed")
                {
                    using var seen = JsonDocument.Parse(
                        await http.GetByteArrayAsync(new Uri($"/api/v2/tasks/{id}", UriKind.Relative))
                    );
                    state = seen.RootElement.GetProperty("state").GetString();
                }

                await http.GetByteArrayAsync(new Uri($"/api/v2/tasks/{id}/response", UriKind.Relative));
                if (Interlocked.Increment(ref ended) == runs / 5)
                {
                    warm = watch.Elapsed;
                }
            }
        }
    }

    private static string Scenario(string address, int runs) =>
        $$$"""
            name: echo
            service: { url: "{{{address}}}", name: echo }
            sweep:
              matrix:
                x: { from: 1, to: {{{runs}}}, step: 1 }
            request:
              json: { objective: "${{ x }}" }
            results:
              objective: response.objective
            limits: { concurrency: {{{Concurrency}}}, unconfirmed: 64 }
            poll: { first: 1ms, factor: 2, max: 1s }
            """;

    private static async Task<Rates> BareInFreshProcessAsync(string address, int runs)
    {
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [Bare, address, runs.ToString(CultureInfo.InvariantCulture)]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var steady = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Rates(runs / watch.Elapsed.TotalSeconds, double.Parse(steady, CultureInfo.InvariantCulture));
    }

    private static async Task<Outcome> ProgramAsync(string? build, string folder, int round, int runs)
    {
        var watch = Stopwatch.StartNew();
        string[] arguments = ["run", "echo.yaml", "--json", "--workspace", $"w{round}"];
        using var program = Process.Start(BatchProgram.Describe(folder, arguments, build))!;
        var talk = program.StandardError.ReadToEndAsync();
        var output = program.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!program.HasExited)
        {
            program.Refresh();
            peak = Math.Max(peak, program.HasExited ? 0 : program.WorkingSet64);
            await Task.WhenAny(program.WaitForExitAsync(), Task.Delay(100));
        }

        var whole = runs / watch.Elapsed.TotalSeconds;
        using var summary = JsonDocument.Parse(await output);
        if (program.ExitCode != 0 || summary.RootElement.GetProperty("completed").GetInt32() != runs)
        {
            throw new InvalidOperationException($"The batch did not complete: {await talk}");
        }

        var journal = Path.Combine(folder, $"w{round}", "batches.db");
        var ended = EndTimes(journal, runs);
        return new Outcome(new Rates(whole, (runs - (runs / 5)) / (ended[10] - ended[2]).TotalSeconds))
        {
            // The first tenth has the start in it: the second one stands for it.
            LastToFirst = (ended[2] - ended[1]) / (ended[10] - ended[9]),
            PeakMegabytes = peak >> 20,
            JournalBytes = new FileInfo(journal).Length / runs,
        };
    }

    /// <summary>When each tenth of the runs had ended, from none to all.</summary>
    private static DateTimeOffset[] EndTimes(string journal, int runs)
    {
        using var connection = new SqliteConnection($"Data Source={journal};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT ended_at FROM runs ORDER BY ended_at";
        using var reader = query.ExecuteReader();
        var all = new List<DateTimeOffset>(runs);
        while (reader.Read())
        {
            all.Add(reader.GetDateTimeOffset(0));
        }

        return [.. Enumerable.Range(0, 11).Select(tenth => all[Math.Max(0, ((int)((long)runs * tenth / 10)) - 1)])];
    }

    private sealed record Rates(double Whole, double Steady);

    private sealed record Outcome(Rates Rates)
    {
        public double LastToFirst { get; init; }

        public long PeakMegabytes { get; init; }

        public long JournalBytes { get; init; }
    }
}

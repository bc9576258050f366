using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>
/// Twenty thousand runs against a service that answers at once: the whole program, journal on, as against a bare
/// HttpClient that makes the same three requests a run, in turn on the same machine. Service, program and bare client are
/// processes of their own, the latter two fresh for each round: both start cold, and both count from their first step.
/// </summary>
internal static class ThroughputBenchmark
{
    /// <summary>The argument that makes this program the bare client.</summary>
    public const string Bare = "bare";

    private const int Runs = 20_000;
    private const int Concurrency = 256;
    private const int Rounds = 3;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aimms-batch-bench-").FullName;
        using var service = BatchProgram.Start(folder, "emulator", "--port", "0", "--parallel", "1024");
        try
        {
            var line =
                await service.StandardError.ReadLineAsync()
                ?? throw new InvalidOperationException("The emulator did not start.");
            var address = line.Split(' ')[2].TrimEnd(':');
            await File.WriteAllTextAsync(Path.Combine(folder, "echo.yaml"), Scenario(address));
            await BareInFreshProcessAsync(address);

            Console.WriteLine("round  bare runs/s  program runs/s  ratio  peak MB");
            for (var round = 1; round <= Rounds; round++)
            {
                var bare = await BareInFreshProcessAsync(address);
                var (rate, peak) = await ProgramAsync(folder, round);
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{round, 5}  {bare, 11:0}  {rate, 14:0}  {rate / bare, 5:0.00}  {peak, 7}"
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

    private static string Scenario(string address) =>
        $$$"""
            name: echo
            service: { url: "{{{address}}}", name: echo }
            sweep:
              matrix:
                x: { from: 1, to: {{{Runs}}}, step: 1 }
            request:
              json: { objective: "${{ x }}" }
            results:
              objective: response.objective
            limits: { concurrency: {{{Concurrency}}}, unconfirmed: 64 }
            poll: { first: 1ms, factor: 2, max: 1s }
            """;

    private static async Task<double> BareInFreshProcessAsync(string address)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Bare, address])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var rate = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return double.Parse(rate, CultureInfo.InvariantCulture);
    }

    /// <summary>Runs per second of the given number of loops that POST, GET the state and GET the response.</summary>
    public static async Task<double> BareAsync(string address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Concurrency })
        {
            BaseAddress = new Uri(address),
        };
        var next = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => LoopAsync()));
        return Runs / watch.Elapsed.TotalSeconds;

        async Task LoopAsync()
        {
            while (Interlocked.Increment(ref next) is var i && i <= Runs)
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
            }
        }
    }

    /// <summary>Runs a second of the batch, by its own journal: from its start to its end; and the process's peak memory.</summary>
    private static async Task<(double Rate, long PeakMegabytes)> ProgramAsync(string folder, int round)
    {
        using var program = BatchProgram.Start(folder, "run", "echo.yaml", "--json", "--workspace", $"w{round}");
        var talk = program.StandardError.ReadToEndAsync();
        var output = program.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!program.HasExited)
        {
            program.Refresh();
            peak = Math.Max(peak, program.HasExited ? 0 : program.WorkingSet64);
            await Task.WhenAny(program.WaitForExitAsync(), Task.Delay(100));
        }

        using var summary = JsonDocument.Parse(await output);
        var root = summary.RootElement;
        if (program.ExitCode != 0 || root.GetProperty("completed").GetInt32() != Runs)
        {
            throw new InvalidOperationException($"The batch did not complete: {await talk}");
        }

        var duration =
            root.GetProperty("endedAt").GetDateTimeOffset() - root.GetProperty("startedAt").GetDateTimeOffset();
        return (Runs / duration.TotalSeconds, peak >> 20);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>
/// How long the shortest commands take from their start to their end, and <c>run</c> from its start to its first request: the
/// median of many, as processes.
/// </summary>
internal static class StartBenchmark
{
    public const string Name = "start";

    private const int Times = 15;

    /// <param name="published">The folder of a published program; null for the one that was built with this.</param>
    public static async Task RunAsync(string? published)
    {
        var scenarios = Path.Combine(BatchProgram.Repository, "scenarios");
        Console.WriteLine($"median of {Times}, s");
        await ShowAsync("--version", () => EndAsync("--version"));
        await ShowAsync("--help", () => EndAsync("--help"));
        await ShowAsync("plan", () => EndAsync("plan", "transport-whatif.yaml"));
        await ShowAsync("run, first request", FirstRequestAsync);

        async Task<TimeSpan> EndAsync(params string[] arguments)
        {
            var watch = Stopwatch.StartNew();
            using var program = Start(scenarios, arguments);
            await program.WaitForExitAsync();
            return watch.Elapsed;
        }

        async Task<TimeSpan> FirstRequestAsync()
        {
            var workspace = Directory.CreateTempSubdirectory("aimms-batch-bench-").FullName;
            using var service = new TcpListener(IPAddress.Loopback, 0);
            service.Start();
            var watch = Stopwatch.StartNew();
            using var program = Start(
                scenarios,
                "run",
                "transport-whatif.yaml",
                "--workspace",
                workspace,
                "--url",
                $"http://{service.LocalEndpoint}"
            );
            using (var first = await service.AcceptTcpClientAsync())
            {
                // A connection may be made ahead of its first request.
                await first.GetStream().ReadExactlyAsync(new byte[1]);
            }

            var elapsed = watch.Elapsed;
            program.Kill();
            await program.WaitForExitAsync();
            Directory.Delete(workspace, recursive: true);
            return elapsed;
        }

        Process Start(string folder, params string[] arguments)
        {
            var program = Process.Start(BatchProgram.Describe(folder, arguments, published))!;
            _ = program.StandardOutput.ReadToEndAsync();
            _ = program.StandardError.ReadToEndAsync();
            return program;
        }
    }

    private static async Task ShowAsync(string title, Func<Task<TimeSpan>> measure)
    {
        var all = new List<TimeSpan>();
        for (var i = 0; i < Times; i++)
        {
            all.Add(await measure());
        }

        all.Sort();
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{title, -20} {all[Times / 2].TotalSeconds:0.000}")
        );
    }
}

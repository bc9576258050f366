using System.Diagnostics;
using System.Globalization;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>
/// A matrix of ten million runs: how long <c>plan</c> takes from its start to its end, and how fast it lists them as JSON
/// Lines; the whole program, its start included.
/// </summary>
internal static class PlanBenchmark
{
    private const int Runs = 10_000_000;

    private const string Scenario = """
        name: big
        service: { url: emulator, name: echo }
        sweep:
          matrix:
            a: { from: 1, to: 100, step: 1 }
            b: { from: 1, to: 1000, step: 1 }
            c: { from: 1, to: 100, step: 1 }
        request:
          json: { a: "${{ a }}", b: "${{ b }}", c: "${{ c }}" }
        """;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aimms-batch-bench-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "big.yaml"), Scenario);
            Console.WriteLine("ten million runs   seconds     runs/s  peak MB");
            await ShowAsync("plan", folder, "plan", "big.yaml");
            await ShowAsync("plan, jsonl", folder, "plan", "big.yaml", "--format", "jsonl");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ShowAsync(string title, string folder, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var program = BatchProgram.Start(folder, arguments);
        var output = program.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var peak = 0L;
        while (!program.HasExited)
        {
            program.Refresh();
            peak = Math.Max(peak, program.HasExited ? 0 : program.WorkingSet64);
            await Task.WhenAny(program.WaitForExitAsync(), Task.Delay(50));
        }

        await output;
        var seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{title, -16}  {seconds, 8:0.00}  {Runs / seconds, 9:0}  {peak >> 20, 7}"
            )
        );
    }
}

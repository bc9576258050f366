using System.Diagnostics;
using System.Globalization;
using AimmsOrchestrator.Benchmarks.Batches;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Peers;

/// <summary>
/// The same batch by this program with its defaults and by what people write themselves: whole processes, one after the
/// other, at the same service. The names of files choose some of them: the vendor's loop takes nine minutes.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- peers [aimms-batch.yaml …]</c>
/// </summary>
internal static class PeerBenchmark
{
    public const string Name = "peers";

    private const int Runs = 96;
    private const double Mean = 2.9;
    private const int Places = 16;

    public static async Task RunAsync(string[] files)
    {
        Console.WriteLine(
            $"{Runs} runs of {TaskTimes.Lognormal.Name} times, {Mean.ToString(CultureInfo.InvariantCulture)} s on average, {Places} places"
        );
        Console.WriteLine($"{"program", -21} {"runs/s", 7} {"late", 8} {"requests/run", 13} {"lines", 6}");
        foreach (var peer in Peer.All.Where(peer => files.Length == 0 || files.Contains(peer.File)))
        {
            await ShowAsync(peer).ConfigureAwait(false);
        }
    }

    private static async Task ShowAsync(Peer peer)
    {
        var folder = Directory.CreateTempSubdirectory("peers-").FullName;
        await File.WriteAllLinesAsync(
                Path.Combine(folder, "runs.csv"),
                TaskTimes
                    .Lognormal.Of(Runs, Mean)
                    .Select(seconds => seconds.ToString("0.####", CultureInfo.InvariantCulture))
                    .Prepend("seconds")
            )
            .ConfigureAwait(false);
        await using var emulator = await TaskServiceEmulator
            .StartAsync(new EmulatorOptions { Parallel = Places }, TimeProvider.System)
            .ConfigureAwait(false);
        var start = Stopwatch.GetTimestamp();
        using var program = peer.Start(folder, emulator.Address);
        if (program is null)
        {
            Console.WriteLine($"{peer.Name, -21} not measured: apt-get install {peer.Packages}");
            Directory.Delete(folder, recursive: true);
            return;
        }

        _ = program.StandardOutput.ReadToEndAsync();
        var errors = await program.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await program.WaitForExitAsync().ConfigureAwait(false);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var fetched = emulator.Traffic.Fetched;
        if (program.ExitCode != 0 || fetched.Count != Runs)
        {
            throw new InvalidOperationException($"{peer.Name}: {fetched.Count} responses. {errors}");
        }

        var late = fetched.Average(task => (task.FetchedAt - task.EndedAt).TotalSeconds);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{peer.Name, -21} {Runs / seconds, 7:0.00} {late, 7:0.000}s {(double)emulator.Traffic.Requests / Runs, 13:0.00} {peer.Lines, 6}"
            )
        );
        Directory.Delete(folder, recursive: true);
    }
}

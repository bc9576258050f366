using System.Globalization;
using System.Text;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>
/// Kills the program at random moments (SIGKILL), has it go on, and holds what it did against the traffic of the service: no
/// result lost, no body taken twice, the limit never exceeded.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- soak 200</c>.
/// </summary>
internal static class CrashSoak
{
    public const string Name = "soak";

    private const int Runs = 300;
    private const int Concurrency = 8;

    // The golden ratio's multiples fall evenly everywhere, and the same way each time.
    private const double GoldenRatio = 0.6180339887498949;

    /// <param name="kills">How many, over as many batches as it takes.</param>
    /// <returns>Whether nothing was lost and nothing taken twice.</returns>
    public static async Task<bool> RunAsync(int kills)
    {
        Console.WriteLine($"{kills} kills, batches of {Runs} runs, {Concurrency} at a time");
        var (done, isSound) = (0, true);
        for (var batch = 1; done < kills; batch++)
        {
            // Every second service loses answers as well.
            var faults = new FaultOptions { CutAfterTaken = batch % 2 == 0 ? 0.03 : 0, CutGet = 0.01 };
            var (killed, verdict) = await BatchAsync(batch, faults, done, kills).ConfigureAwait(false);
            done += killed;
            isSound &= verdict == "sound";
            Console.WriteLine($"batch {batch}: {killed} kills, {verdict}");
        }

        Console.WriteLine($"{done} kills: {(isSound ? "nothing lost, nothing taken twice" : "NOT SOUND")}");
        return isSound;
    }

    private static async Task<(int Kills, string Verdict)> BatchAsync(
        int batch,
        FaultOptions faults,
        int before,
        int most
    )
    {
        var folder = Directory.CreateTempSubdirectory("soak-").FullName;
        var options = new EmulatorOptions
        {
            Parallel = Concurrency,
            Faults = faults,
            Seed = (ulong)batch,
        };
        await using var service = await TaskServiceEmulator
            .StartAsync(options, TimeProvider.System)
            .ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(folder, "soak.yaml"), Scenario(service.Address))
            .ConfigureAwait(false);
        var kills = 0;
        while (before + kills < most)
        {
            using var program = BatchProgram.Start(
                folder,
                service.Traffic.Taken.Count == 0 ? ["run", "soak.yaml"] : ["resume"]
            );
            _ = program.StandardError.ReadToEndAsync();
            _ = program.StandardOutput.ReadToEndAsync();
            using var moment = new CancellationTokenSource(
                TimeSpan.FromSeconds(0.4 + (1.6 * ((before + kills) * GoldenRatio % 1)))
            );
            try
            {
                await program.WaitForExitAsync(moment.Token).ConfigureAwait(false);
                break;
            }
            catch (OperationCanceledException)
            {
                program.Kill();
                await program.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
                kills++;
            }
        }

        var answers = await FinishAsync(folder).ConfigureAwait(false);
        var taken = service.Traffic.Taken.Select(task => Encoding.UTF8.GetString(task.Body.Span)).ToList();
        var verdict =
            taken.Count != Runs ? $"{taken.Count} tasks taken for {Runs} runs"
            : taken.Distinct(StringComparer.Ordinal).Count() != Runs ? "a body was taken twice"
            : !answers.SequenceEqual(Enumerable.Range(1, Runs)) ? $"{answers.Count} answers are right of {Runs}"
            : service.Traffic.MostUnfinished > Concurrency ? $"{service.Traffic.MostUnfinished} unfinished at once"
            : "sound";
        Directory.Delete(folder, recursive: true);
        return (kills, verdict);
    }

    /// <summary>Goes on to the end; the answers of the completed runs, each of which says whose it is.</summary>
    private static async Task<List<int>> FinishAsync(string folder)
    {
        await OutputAsync(folder, "run", "soak.yaml").ConfigureAwait(false);
        var report = await OutputAsync(folder, "report", "--format", "csv").ConfigureAwait(false);
        return
        [
            .. report
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => line.Split(','))
                .Where(cells => cells[3] == "completed" && cells[2] == cells[4])
                .Select(cells => int.Parse(cells[4], CultureInfo.InvariantCulture)),
        ];
    }

    private static async Task<string> OutputAsync(string folder, params string[] arguments)
    {
        using var program = BatchProgram.Start(folder, arguments);
        _ = program.StandardError.ReadToEndAsync();
        return await program.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
    }

    private static string Scenario(Uri address) =>
        $$$"""
            name: soak
            service: { url: "{{{address}}}", name: sleep }
            sweep: { matrix: { n: { from: 1, to: {{{Runs}}}, step: 1 } } }
            request: { json: { label: "${{ n }}", mean: 0.05, seed: "${{ n }}" } }
            limits: { concurrency: {{{Concurrency}}} }
            poll: { every: 10ms }
            retry: { attempts: 6, first: 20ms, max: 200ms, settle: 1s }
            results: { label: response.label }
            """;
}

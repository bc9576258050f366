using System.Diagnostics;
using System.Globalization;
using System.Text;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>
/// Kills the program at random moments (SIGKILL), has it go on, and holds what it did against the traffic of the service: no
/// result lost, no body taken twice, the limit never exceeded.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- soak 300</c>, with names of modes to run only these.
/// </summary>
internal static class CrashSoak
{
    public const string Name = "soak";

    private const int Runs = 300;
    private const int Concurrency = 8;

    // The golden ratio's multiples fall evenly everywhere, and the same way each time.
    private const double GoldenRatio = 0.6180339887498949;

    /// <param name="kills">How many in all, spread over the modes.</param>
    /// <param name="names">The modes; none for every mode.</param>
    /// <returns>Whether nothing was lost and nothing taken twice.</returns>
    public static async Task<bool> RunAsync(int kills, string[] names)
    {
        var modes = names.Length == 0 ? SoakMode.All : [.. SoakMode.All.Where(mode => names.Contains(mode.Name))];
        Console.WriteLine($"{kills} kills, batches of {Runs} runs, {Concurrency} at a time");
        Console.WriteLine(
            $"{"mode", -18} {"kills", 6} {"taken", 6} {"twice", 6} {"lost", 5} {"ambiguous", 9} {"most", 5}"
        );
        var isSound = true;
        for (var i = 0; i < modes.Count; i++)
        {
            var share = (kills * (i + 1) / modes.Count) - (kills * i / modes.Count);
            for (var (done, batch) = (0, 1); done < share; batch++)
            {
                var (killed, sound) = await BatchAsync(modes[i], batch, share - done).ConfigureAwait(false);
                done += Math.Max(1, killed);
                isSound &= sound;
            }
        }

        Console.WriteLine(isSound ? "nothing lost, nothing taken twice, no limit exceeded" : "NOT SOUND");
        return isSound;
    }

    private static async Task<(int Kills, bool IsSound)> BatchAsync(SoakMode mode, int batch, int most)
    {
        var folder = Directory.CreateTempSubdirectory("soak-").FullName;
        var options = new EmulatorOptions
        {
            Parallel = Concurrency,
            Faults = mode.Faults,
            Seed = (ulong)batch,
        };
        await using var service = await TaskServiceEmulator
            .StartAsync(options, TimeProvider.System)
            .ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(folder, "soak.yaml"), Scenario(mode, service.Address))
            .ConfigureAwait(false);
        var kills = 0;
        var isFinal = true;
        var isOver = false;
        while (kills < most)
        {
            isOver = await RoundAsync(mode, folder, 0.4 + (1.6 * (kills * GoldenRatio % 1))).ConfigureAwait(false);
            if (isOver)
            {
                break;
            }

            kills++;

            // The kill may have come after the batch's end: to run it again would ask its ambiguous runs again.
            if (!mode.IsCancelled && HasEnded(folder))
            {
                isOver = true;
                break;
            }

            isFinal &= !mode.IsCancelled || await StaysCancelledAsync(folder, service).ConfigureAwait(false);
        }

        var rows = await FinishAsync(mode, folder, isOver).ConfigureAwait(false);
        var right = rows.Count(cells => cells[3] == "completed" && cells[2] == cells[4]);
        var ambiguous = rows.Count(cells => cells[3] == "failed");
        var taken = service.Traffic.Taken.Select(task => Encoding.UTF8.GetString(task.Body.Span)).ToList();
        var twice = mode.LosesTasks ? 0 : taken.Count - taken.Distinct(StringComparer.Ordinal).Count();
        var lost = Runs - right - ambiguous;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{mode.Name, -18} {kills, 6} {taken.Count, 6} {twice, 6} {lost, 5} {ambiguous, 9} {service.Traffic.MostUnfinished, 5}"
            ) + (isFinal ? "" : "  a cancelled batch went on")
        );
        Directory.Delete(folder, recursive: true);
        return (kills, isFinal && twice == 0 && lost == 0 && service.Traffic.MostUnfinished <= Concurrency);
    }

    /// <summary>Starts the program, and kills it after a while.</summary>
    /// <returns>Whether the batch was over before.</returns>
    private static async Task<bool> RoundAsync(SoakMode mode, string folder, double seconds)
    {
        var programs = Enumerable.Range(0, mode.Drivers).Select(_ => Started(folder, "run", "soak.yaml")).ToList();

        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await Task.WhenAll(programs.Select(program => program.WaitForExitAsync(moment.Token)))
                .ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            if (mode.IsFrozen)
            {
                await SignalAsync(programs[0], "STOP").ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None).ConfigureAwait(false);
                await SignalAsync(programs[0], "CONT").ConfigureAwait(false);
            }

            if (mode.IsCancelled)
            {
                programs.Add(Started(folder, "cancel"));
                programs.Add(Started(folder, "resume"));
                await Task.Delay(TimeSpan.FromSeconds(seconds / 2), CancellationToken.None).ConfigureAwait(false);
            }

            foreach (var program in programs)
            {
                program.Kill();
                await program.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }

            return false;
        }
        finally
        {
            programs.ForEach(program => program.Dispose());
        }
    }

    /// <summary>
    /// Cancels and resumes at the same time, and lets both come to their ends: from then on the batch has no task at the
    /// service, and submits none.
    /// </summary>
    private static async Task<bool> StaysCancelledAsync(string folder, TaskServiceEmulator service)
    {
        using var cancel = Started(folder, "cancel");
        using var resume = Started(folder, "resume");
        await Task.WhenAll(cancel.WaitForExitAsync(), resume.WaitForExitAsync()).ConfigureAwait(false);
        await OutputAsync(folder, "cancel").ConfigureAwait(false);
        var (taken, unfinished) = (service.Traffic.Taken.Count, service.Traffic.Unfinished);
        await OutputAsync(folder, "resume").ConfigureAwait(false);
        return unfinished == 0 && service.Traffic.Taken.Count == taken;
    }

    private static bool HasEnded(string folder)
    {
        var journal = Path.Combine(folder, ".aimms-batch", "batches.db");
        if (!File.Exists(journal))
        {
            return false;
        }

        using var connection = new SqliteConnection($"Data Source={journal};Pooling=False");
        connection.Open();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'batches'";
        if ((long)query.ExecuteScalar()! == 0)
        {
            return false;
        }

        query.CommandText = "SELECT count(*) FROM batches WHERE ended_how = 'all-runs-ended'";
        return (long)query.ExecuteScalar()! > 0;
    }

    private static Process Started(string folder, params string[] arguments)
    {
        var program = BatchProgram.Start(folder, arguments);
        _ = program.StandardError.ReadToEndAsync();
        _ = program.StandardOutput.ReadToEndAsync();
        return program;
    }

    private static async Task SignalAsync(Process program, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", program.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Continues to the end; the rows of the report, each with the result that says whose it is. A batch that is over is left
    /// alone: to run it again is to ask its ambiguous runs again.
    /// </summary>
    private static async Task<List<string[]>> FinishAsync(SoakMode mode, string folder, bool isOver)
    {
        if (!isOver)
        {
            // The kill may have come after the batch's end: only a cancelled batch is run again.
            string[] next = mode.IsCancelled ? ["run", "soak.yaml"] : ["resume"];
            await OutputAsync(folder, next).ConfigureAwait(false);
        }

        var report = await OutputAsync(folder, "report", "--format", "csv").ConfigureAwait(false);
        return [.. report.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
    }

    private static async Task<string> OutputAsync(string folder, params string[] arguments)
    {
        using var program = BatchProgram.Start(folder, arguments);
        _ = program.StandardError.ReadToEndAsync();
        return await program.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
    }

    private static string Scenario(SoakMode mode, Uri address)
    {
        var service = mode.IsCloud
            ? $$$"""{ url: "{{{address}}}", app: soak, version: "1.0", name: sleep, apiKey: "${{ env.SOAK_KEY }}" }"""
            : $$"""{ url: "{{address}}", name: sleep }""";
        return $$$"""
            name: soak
            service: {{{service}}}
            sweep: { matrix: { n: { from: 1, to: {{{Runs}}}, step: 1 } } }
            request: { json: { label: "${{ n }}", mean: 0.05, seed: "${{ n }}" } }
            limits: { concurrency: {{{Concurrency}}} }
            poll: { every: 10ms }
            retry: { attempts: 6, first: 20ms, max: 200ms, settle: 4s }
            results: { label: response.label }
            """;
    }
}

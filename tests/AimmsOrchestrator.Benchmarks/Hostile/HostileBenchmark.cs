using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AimmsOrchestrator.Benchmarks.Hostile;

/// <summary>
/// Inputs of hostile sizes: for each the program's exit code, how long it took, its peak memory and the first line that it
/// said, or why the first failed run failed. <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- hostile</c>, with parts of names to run only
/// these.
/// </summary>
internal static class HostileBenchmark
{
    public const string Name = "hostile";

    /// <summary>The most memory that any input may take, in MB.</summary>
    private const long MostMegabytes = 600;

    /// <summary>The exit code where some runs failed.</summary>
    private const int RunsFailed = 1;

    private const int MostShown = 110;

    /// <param name="names">Parts of names; none for every input.</param>
    /// <returns>Whether each stayed within the memory.</returns>
    public static async Task<bool> RunAsync(string[] names)
    {
        Console.WriteLine($"{"input", -36} {"exit", 4} {"seconds", 7} {"peak MB", 7}  first line");
        var isBounded = true;
        foreach (var input in HostileInput.All)
        {
            if (names.Length == 0 || names.Any(name => input.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
            {
                isBounded &= await RunAsync(input).ConfigureAwait(false) <= MostMegabytes;
            }
        }

        Console.WriteLine(isBounded ? $"none took more than {MostMegabytes} MB" : "NOT BOUNDED");
        return isBounded;
    }

    private static async Task<long> RunAsync(HostileInput input)
    {
        var folder = Directory.CreateTempSubdirectory("hostile-");
        using var service = input.Answers is { } answers ? new HostileService(answers) : null;
        try
        {
            await input.WriteFilesAsync(folder.FullName).ConfigureAwait(false);
            var scenario = input.Scenario.Replace("URL", service?.Address, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "s.yaml"), scenario).ConfigureAwait(false);
            return await MeasureAsync(input, folder.FullName).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<long> MeasureAsync(HostileInput input, string folder)
    {
        var watch = Stopwatch.StartNew();
        using var program = BatchProgram.Start(folder, input.Command);
        var errors = program.StandardError.ReadToEndAsync();
        var output = program.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        var isInterrupted = false;
        while (!program.HasExited)
        {
            program.Refresh();
            peak = Math.Max(peak, Peak(program));
            if (watch.Elapsed > input.Patience && !isInterrupted)
            {
                isInterrupted = true;
                using var kill = Process.Start("kill", ["-TERM", program.Id.ToString(CultureInfo.InvariantCulture)]);
                await kill.WaitForExitAsync().ConfigureAwait(false);
            }
            else if (watch.Elapsed > input.Patience + TimeSpan.FromSeconds(15))
            {
                program.Kill();
            }

            await Task.WhenAny(program.WaitForExitAsync(), Task.Delay(20)).ConfigureAwait(false);
        }

        watch.Stop();
        var lines = $"{await errors.ConfigureAwait(false)}\n{await output.ConfigureAwait(false)}".Split('\n');
        var first = Array.Find(lines, line => line.Length > 0 && !line.Contains("warning:", StringComparison.Ordinal));
        first = program.ExitCode == RunsFailed ? await FirstErrorAsync(folder).ConfigureAwait(false) ?? first : first;
        var shown = first is { Length: > MostShown } ? $"{first.AsSpan(0, MostShown)}… ({first.Length})" : first;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{input.Name, -36} {program.ExitCode, 4} {watch.Elapsed.TotalSeconds, 7:0.0} {peak >> 20, 7}  {shown}"
            )
        );
        return peak >> 20;
    }

    private static async Task<string?> FirstErrorAsync(string folder)
    {
        using var program = BatchProgram.Start(folder, "report", "--format", "jsonl");
        var output = await program.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await program.WaitForExitAsync().ConfigureAwait(false);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var run = JsonDocument.Parse(line);
            if (run.RootElement.GetProperty("error") is { ValueKind: JsonValueKind.String } error)
            {
                return error.GetString();
            }
        }

        return null;
    }

    private static long Peak(Process process)
    {
        try
        {
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}

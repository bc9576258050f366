using System.Globalization;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Batches;

/// <summary>A batch of tasks of given times, executed by the built program over real HTTP, and measured by the service's books.</summary>
/// <param name="Seconds">How long the tasks run, in order.</param>
/// <param name="Service">How the service behaves.</param>
internal sealed record MeasuredBatch(List<double> Seconds, EmulatorOptions Service)
{
    /// <summary>Whether the service is called as AIMMS Cloud is.</summary>
    public bool IsCloud { get; init; }

    /// <summary>Further lines of the scenario: its limits, its polls.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>What else uses the service until the batch is over, after which it is cancelled; nothing by default.</summary>
    public Func<Uri, CancellationToken, Task> Beside { get; init; } = (_, _) => Task.CompletedTask;

    /// <returns>What the service received.</returns>
    public async Task<TrafficLog> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("measured-").FullName;
        await using var emulator = await TaskServiceEmulator
            .StartAsync(Service, TimeProvider.System)
            .ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(folder, "measured.yaml"), Text(emulator.Address))
            .ConfigureAwait(false);
        using var isOver = new CancellationTokenSource();
        var beside = Beside(emulator.Address, isOver.Token);
        using var program = BatchProgram.Start(folder, "run", "measured.yaml");
        _ = program.StandardOutput.ReadToEndAsync();
        var errors = await program.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await program.WaitForExitAsync().ConfigureAwait(false);
        if (program.ExitCode != 0)
        {
            throw new InvalidOperationException(errors);
        }

        await isOver.CancelAsync().ConfigureAwait(false);
        await beside.ConfigureAwait(false);
        Directory.Delete(folder, recursive: true);
        return emulator.Traffic;
    }

    private string Text(Uri address)
    {
        var service = IsCloud
            ? $$$"""{ url: "{{{address}}}", app: a, version: "1.0", name: sleep, apiKey: "${{ env.SOAK_KEY }}" }"""
            : $$"""{ url: "{{address}}", name: sleep }""";
        var values = string.Join(", ", Seconds.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)));
        return $$$"""
            name: measured
            service: {{{service}}}
            sweep: { zip: { n: { from: 1, to: {{{Seconds.Count}}}, step: 1 }, seconds: [{{{values}}}] } }
            request: { json: { seconds: "${{ seconds }}", label: "${{ n }}" } }
            {{{Scenario}}}
            """;
    }
}

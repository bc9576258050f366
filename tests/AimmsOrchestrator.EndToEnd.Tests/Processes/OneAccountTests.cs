using System.Text;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.EndToEnd.Tests.Processes;

/// <summary>Processes that run batches at one account, in one workspace: they keep its limit together.</summary>
public sealed class OneAccountTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task Three_processes_together_never_exceed_the_limit_though_they_are_killed_and_resumed()
    {
        const int Runs = 25;
        const int Limit = 4;
        string[] names = ["one", "two", "three"];
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 16 });

        // Each begins with two tasks that sleep until they are woken: all slots are taken at one moment on any machine.
        const string Seconds = "\"${{ n <= 2 ? 3600 : 0.3 }}\"";
        var programs = names.ToDictionary(name => name, name => Begin(name, service, Runs, Limit, Seconds));
        await Waiting.UntilAsync(() => service.Traffic.MostUnfinished == Limit);
        await service.WakeAsync();
        await Waiting.UntilAsync(() => service.LongTasks().Count == 2 * names.Length);
        await service.WakeAsync();
        foreach (var (killed, taken) in new[] { ("two", 15), ("one", 30), ("two", 45) })
        {
            await Waiting.UntilAsync(() => service.Traffic.Taken.Count >= taken);
            programs[killed].Kill();
            await programs[killed].WaitForExitAsync();
            programs[killed].Dispose();
            programs[killed] = _folder.Start("run", $"{killed}.yaml");
        }

        var results = await Task.WhenAll(programs.Values.Select(ProgramFolder.EndOfAsync));

        Assert.All(results, result => Assert.True(result.ExitCode == 0, result.Errors));
        Assert.Equal(Limit, service.Traffic.MostUnfinished);
        Assert.Equal(
            names.SelectMany(name => Enumerable.Range(1, Runs).Select(n => $"{name} {n}")).Order(),
            service.Traffic.Taken.Select(task => Label(task.Body)).Order()
        );
        foreach (var program in programs.Values)
        {
            program.Dispose();
        }
    }

    [Fact]
    public async Task The_slots_of_a_batch_that_is_not_resumed_come_back_as_its_tasks_end()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 16 });
        using (var left = Begin("left", service, runs: 9, limit: 2, seconds: "3600"))
        {
            // A submit whose answer is not on disk has a slot for a while alone.
            await Waiting.UntilAsync(() => service.Traffic.Unfinished == 2 && CountKnownTasks() == 2);
            left.Kill();
            await left.WaitForExitAsync();
        }

        var requests = service.Traffic.Requests;
        using var other = Begin("other", service, runs: 4, limit: 2);
        await Waiting.UntilAsync(() => service.Traffic.Requests > requests);
        await service.WakeAsync();
        var result = await ProgramFolder.EndOfAsync(other);

        Assert.Equal((0, 2), (result.ExitCode, service.Traffic.MostUnfinished));
        Assert.Equal(6, service.Traffic.Taken.Count);
    }

    [Fact]
    public async Task A_scenario_with_a_lower_limit_keeps_to_that_while_another_has_more()
    {
        await using var service = await Sleepers.StartAsync(new EmulatorOptions { Parallel = 16 });
        using var bold = Begin("bold", service, runs: 40, limit: 6, seconds: "\"${{ n <= 6 ? 3600 : 0.3 }}\"");
        await Waiting.UntilAsync(() => service.Traffic.Unfinished == 6);
        using var modest = Begin("modest", service, runs: 4, limit: 2);

        // The first goes on until the second one is there.
        Assert.NotNull(await modest.StandardError.ReadLineAsync());
        await service.WakeAsync();

        var results = await Task.WhenAll(new[] { bold, modest }.Select(ProgramFolder.EndOfAsync));

        Assert.All(results, result => Assert.Equal(0, result.ExitCode));
        Assert.Equal(6, service.Traffic.MostUnfinished);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The tasks whose ids are in the journal.</summary>
    private long CountKnownTasks()
    {
        using var connection = new SqliteConnection(
            $"Data Source={_folder.File(".aimms-batch/batches.db")};Mode=ReadOnly;Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(task_id) FROM runs";
        return (long)command.ExecuteScalar()!;
    }

    private static string Label(ReadOnlyMemory<byte> body) =>
        System
            .Text.Json.JsonDocument.Parse(Encoding.UTF8.GetString(body.Span))
            .RootElement.GetProperty("label")
            .GetString()!;

    private System.Diagnostics.Process Begin(
        string name,
        TaskServiceEmulator service,
        int runs,
        int limit,
        string seconds = "0.3"
    )
    {
        // One account, in different spellings.
        var address = new UriBuilder(service.Address) { Host = name.Length % 2 == 0 ? "localhost" : "127.0.0.1" };
        _folder.Write(
            $"{name}.yaml",
            FormattableString.Invariant(
                $$$"""
                name: {{{name}}}
                service: { url: "{{{address.Uri}}}", name: sleep }
                sweep: { matrix: { n: { from: 1, to: {{{runs}}}, step: 1 } } }
                request: { json: { label: "${{ '{{{name}}} ' + n }}", seconds: {{{seconds}}} } }
                limits: { concurrency: {{{limit}}} }
                poll: { every: 20ms }
                retry: { attempts: 6, first: 20ms, max: 200ms, settle: 2s }
                """
            )
        );
        return _folder.Start("run", $"{name}.yaml");
    }
}

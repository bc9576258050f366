using System.Text.Json.Nodes;
using AimmsOrchestrator.Cli;
using AimmsOrchestrator.Tests.Server;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Cli.Remote;

/// <summary>Batches that the command line runs at a server.</summary>
public sealed class RemoteRunTests : IAsyncLifetime, IDisposable
{
    private const string Table = """
        name: table
        service: { use: dev, name: sleep }
        sweep: { table: { file: cases/naps.csv } }
        request: { json: { seconds: "${{ seconds }}" } }
        results: { slept: response.slept }
        """;

    private readonly ServerRoom _room = new();
    private readonly TemporaryFolder _folder = new();

    public async Task InitializeAsync()
    {
        await _room.InitializeAsync();
        Directory.CreateDirectory(Path.Combine(_folder.Path, "cases"));
        _folder.Write("cases/naps.csv", "seconds\n0\n0.1\n");
    }

    public Task DisposeAsync() => _room.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_scenario_is_sent_with_the_files_that_it_reads_and_shown_as_if_it_ran_here()
    {
        var run = await RunAsync(Table);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("completed", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("table-1: 2 runs\n", run.Errors, StringComparison.Ordinal);
        Assert.Contains("table-1: 2 completed\n", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_is_left_aside_and_that_is_said()
    {
        var run = await RunAsync($"{Table}\nschedule: {{ cron: 0 19 * * MON-FRI }}\n");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "schedule: 0 19 * * MON-FRI is not kept: the batch runs now, once",
            run.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("table-1: 2 completed\n", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_scenario_again_takes_the_results_and_fresh_does_not()
    {
        await RunAsync(Table);

        var again = await RunAsync(Table, "--json");
        var fresh = await RunAsync(Table, "--fresh", "--limit", "1");

        Assert.Contains("table-2: 2 runs: 2 done before, 0 to do\n", again.Errors, StringComparison.Ordinal);
        var document = JsonNode.Parse(again.Output)!;
        Assert.Equal(("table-2", 0), ((string?)document["batch"], (int)document["exitCode"]!));
        Assert.StartsWith("table-3: 1 run\n", fresh.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_is_shown_at_its_place_in_the_file_here()
    {
        var wrong = await RunAsync(Table.Replace("naps.csv", "nap.csv", StringComparison.Ordinal));
        var alike = await RunAsync(Table.Replace("results:", "resluts:", StringComparison.Ordinal));

        var file = Path.Combine(_folder.Path, "table.yaml");
        Assert.Equal(2, wrong.ExitCode);
        Assert.StartsWith($"{file}:3:", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("naps.csv\"?", wrong.Errors, StringComparison.Ordinal);
        Assert.StartsWith($"{file}:5:1: ", alike.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submit_whose_answer_is_lost_makes_one_batch()
    {
        using var network = new CutProxy(_room.Address) { LostAnswers = 2 };

        var run = await RunAsync(Table, network.Address);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("trying again with the same key", run.Errors, StringComparison.Ordinal);
        Assert.Single((await _room.GetAsync("/api/batches")).AsArray());
    }

    [Fact]
    public async Task A_network_that_is_away_for_a_while_is_survived()
    {
        using var network = new CutProxy(_room.Address);
        _folder.Write("cases/naps.csv", "seconds\n0\n0.5\n3600\n");

        using var errors = new HeardWriter();
        var running = CommandOutput.OfAsync(
            errors,
            ["run", _folder.Write("table.yaml", Table), "--server", network.Address.AbsoluteUri]
        );
        await errors.HearAsync("table-1: 3 runs");
        network.Cut();
        await errors.HearAsync(" lost: ");
        network.Restore();
        await errors.HearAsync(" again after ");
        await WakeLastAsync(completed: 2);
        var run = await running;

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"connection to {Name(network.Address)} lost: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"connected to {Name(network.Address)} again after ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("table-1: 3 completed\n", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_batch_is_followed_where_its_scenario_is_run_again()
    {
        _folder.Write("cases/naps.csv", "seconds\n3600\n");
        var first = RunAsync(Table);
        await _room.ProgressAsync(progress => (string?)progress["batch"] == "table-1");

        using var errors = new HeardWriter();
        var running = CommandOutput.OfAsync(
            errors,
            ["run", Path.Combine(_folder.Path, "table.yaml"), "--server", _room.Address.AbsoluteUri]
        );
        await errors.HearAsync("table-1 resumes: ");
        await WakeLastAsync(completed: 0);
        var second = await running;

        Assert.StartsWith("table-1 resumes: 0 of 1 run done before\n", second.Errors, StringComparison.Ordinal);
        Assert.Equal((0, 0), ((await first).ExitCode, second.ExitCode));
    }

    [Fact]
    public async Task What_failed_is_run_again_and_only_that()
    {
        const string Odd = """
            name: odd
            service: { use: dev, name: echo }
            sweep: { matrix: { n: [1, 2, 3] } }
            request: { json: { n: "${{ n }}" } }
            success: response.n != 2
            """;
        var run = await RunAsync(Odd);

        var nothing = await DoAsync("retry", "odd", "--kind", "timed-out");
        var wrong = await DoAsync("retry", "odd", "--where", "m > 1");
        var retried = await DoAsync("retry", "odd", "--not-success");
        var again = await DoAsync("resume", "odd");

        Assert.Equal((1, 2, 1), (run.ExitCode, wrong.ExitCode, retried.ExitCode));
        Assert.StartsWith(
            "odd-1: no failed run is meant; 1 failed one stays as it is\n",
            nothing.Errors,
            StringComparison.Ordinal
        );
        Assert.StartsWith("--where: m > 1: there is no m here", wrong.Errors, StringComparison.Ordinal);
        Assert.StartsWith(
            "odd-1: asks 1 run again that completed and is not-success\nodd-1 resumes: 2 of 3 runs done before\n",
            retried.Errors,
            StringComparison.Ordinal
        );
        Assert.StartsWith("odd-1 is finished: nothing is left to do\n", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_paused_changed_continued_and_cancelled_from_here()
    {
        _folder.Write("cases/naps.csv", "seconds\n3600\n3601\n");
        var running = RunAsync(Table);
        await _room.ProgressAsync(progress => ServerRoom.UnderWay(progress) == 2);

        var paused = await DoAsync("pause");
        var again = await DoAsync("pause", "table");
        var set = await DoAsync("set", "table", "limits.concurrency=1");
        var wrong = await DoAsync("set", "table", "limits.concurency=1");
        var continued = await DoAsync("continue");
        var cancelled = await DoAsync("cancel");
        var run = await running;

        Assert.StartsWith("table-1 is paused, driven by process ", paused.Errors, StringComparison.Ordinal);
        Assert.StartsWith("table-1 is paused already, since ", again.Errors, StringComparison.Ordinal);
        Assert.StartsWith(
            "table-1: limits.concurrency is 1 from now on, driven by ",
            set.Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(2, wrong.ExitCode);
        Assert.StartsWith(
            "set: \"limits.concurency\" cannot be set; did you mean",
            wrong.Errors,
            StringComparison.Ordinal
        );
        Assert.StartsWith("table-1 continues, driven by ", continued.Errors, StringComparison.Ordinal);
        Assert.Equal("table-1: cancelled; 2 tasks at the service were ended\n", cancelled.Errors);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("stopped: cancelled\n", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>Wakes the task of a batch's last run, once it is there and all others have completed.</summary>
    private async Task WakeLastAsync(int completed)
    {
        await ServerRoom
            .EventsAsync(_room.Client, "table-1")
            .FirstAsync(item => ServerRoom.UnderWay(item.Data) == 1 && (int?)item.Data["completed"] == completed);
        await _room.WakeAsync();
    }

    private Task<CommandOutput> RunAsync(string scenario, params string[] options) =>
        RunAsync(scenario, _room.Address, options);

    private Task<CommandOutput> RunAsync(string scenario, Uri server, params string[] options) =>
        CommandOutput.OfAsync([
            "run",
            _folder.Write("table.yaml", scenario),
            "--server",
            server.AbsoluteUri,
            .. options,
        ]);

    private Task<CommandOutput> DoAsync(params string[] words) =>
        CommandOutput.OfAsync([.. words, "--server", _room.Address.AbsoluteUri]);

    private static string Name(Uri address) => address.AbsoluteUri.TrimEnd('/');
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using AimmsOrchestrator.Tests.Testing.Machine;

namespace AimmsOrchestrator.EndToEnd.Tests.Server;

/// <summary>The command line against a server, as a person uses it: the same output and exit codes as here.</summary>
public sealed partial class RemoteCommandTests : IAsyncLifetime, IDisposable
{
    private const string Scenario = """
        name: transport
        service: { use: dev, name: echo }
        sweep: { matrix: { n: [1, 2, 3, 4], k: [2] } }
        request: { file: body.json, set: { /n: "${{ n }}", /k: "${{ k }}" } }
        results: { cost: response.n * response.k }
        success: response.n != 3
        expect: [ { name: cheap, that: cost < 6 } ]
        """;

    private readonly ProgramFolder _here = new();
    private readonly ProgramFolder _there = new();
    private EmulatorProgram? _service;
    private ServerProgram? _server;

    public async Task InitializeAsync()
    {
        _service = await EmulatorProgram.StartAsync(_here, "--parallel", "4");
        _here.Write("services.yaml", $"dev: {{ url: \"{_service.Address}\" }}\n");
        _there.Write("server.yaml", $"services: {{ dev: {{ url: \"{_service.Address}\" }} }}\n");
        _server = await ServerProgram.StartAsync(_there, $"http://127.0.0.1:{FreePorts.Next()}");
        foreach (var folder in new[] { _here, _there })
        {
            folder.Write("transport.yaml", Scenario);
            folder.Write("body.json", """{ "n": 0, "k": 0 }""");
        }
    }

    [Fact]
    public async Task Every_command_writes_there_what_it_writes_here_and_ends_alike()
    {
        foreach (
            var command in new[]
            {
                "run transport.yaml",
                "plan transport.yaml --set n=[2,9]",
                "plan transport.yaml --format jsonl --requests",
                "run transport.yaml --set k=3 --json",
                "status",
                "list",
                "report transport-1 --format jsonl",
                "response transport-1 2",
                "diff transport-1 transport-2",
                "plan transport.yaml --set m=1",
            }
        )
        {
            var words = command.Split(' ');
            var runs = await Task.WhenAll(
                _here.RunAsync(words),
                _there.RunAsync([.. words, "--server", _server!.Address.AbsoluteUri])
            );

            Assert.Equal((command, runs[0].ExitCode), (command, runs[1].ExitCode));
            Assert.Equal(Normal(runs[0].Output), Normal(runs[1].Output));
            Assert.Equal(Normal(runs[0].Errors), Normal(runs[1].Errors));
        }
    }

    [Fact]
    public async Task A_server_that_is_away_for_ten_seconds_is_waited_for_and_Ctrl_C_leaves_the_batch_running()
    {
        // Both tasks sleep until this test wakes them.
        _there.Write("cases.csv", "seconds\n3600\n3601\n");
        _there.Write(
            "nap.yaml",
            """
            name: nap
            service: { use: dev, name: sleep }
            sweep: { table: { file: cases.csv } }
            request: { json: { seconds: "${{ seconds }}" } }
            poll: { every: 200ms }
            results: { slept: response.slept }
            """
        );
        var address = _server!.Address.AbsoluteUri.TrimEnd('/');
        _there.Environment["AIMMS_BATCH_SERVER"] = address;
        using var followed = _there.Start("run", "nap.yaml");
        Assert.Equal("nap-1: 2 runs", await followed.StandardError.ReadLineAsync());
        await _server.KillAsync();
        var errors = "";
        while (!errors.Contains($"connection to {address} lost: ", StringComparison.Ordinal))
        {
            errors += await followed.StandardError.ReadLineAsync() ?? throw new EndOfStreamException(errors);
        }

        await Task.Delay(TimeSpan.FromSeconds(10));
        _server.Dispose();
        _server = await ServerProgram.StartAsync(_there, address);
        using var left = _there.Start("run", "nap.yaml");
        Assert.StartsWith("nap-1 resumes: ", await left.StandardError.ReadLineAsync(), StringComparison.Ordinal);
        using (Process.Start("kill", ["-INT", left.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            var detached = await ProgramFolder.EndOfAsync(left);
            Assert.Equal(130, detached.ExitCode);
            Assert.Contains($"nap-1 goes on at {address}: ", detached.Errors, StringComparison.Ordinal);
        }

        await Sleepers.WakeAllAsync(_service!.Address, count: 2);
        var ended = await ProgramFolder.EndOfAsync(followed);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains($"connected to {address} again after ", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("nap-1: 2 completed", ended.Errors, StringComparison.Ordinal);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _server?.Dispose();
        _service?.Dispose();
        _here.Dispose();
        _there.Dispose();
    }

    /// <summary>
    /// Without what differs from one run to the next: times, sizes, tasks, keys, lines of progress, and that a batch there has an owner.
    /// </summary>
    private static string Normal(string text) =>
        Varying()
            .Replace(Scrubber.Scrubbed(text), found => found.Value.EndsWith('\n') ? "" : "*")
            .Replace("server.yaml", "services.yaml", StringComparison.Ordinal)
            .Replace("  \"owner\": \"local\",\n", "", StringComparison.Ordinal);

    [GeneratedRegex(
        "^\\d+ of \\d+ done.*\\n|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(:\\d\\d)?|\\d+(\\.\\d)? k?B"
            + "|(\\d+ min )?[\\d.]+ s\\b|\\d+ min\\b",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        60_000
    )]
    private static partial Regex Varying();
}

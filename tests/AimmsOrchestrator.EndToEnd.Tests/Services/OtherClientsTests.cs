using System.Diagnostics;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Services;

/// <summary>Clients as others publish them, in Python, against the emulator.</summary>
public sealed class OtherClientsTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string Requests = "/usr/lib/python3/dist-packages/requests/__init__.py";

    private const string Services = """
        services:
          countStars: { answer: { count: "${{ request.lines.join('').length }}" } }
          solveWorkbook: { answer: { served: true }, runTime: 0.1s }
          runScenarioTest: { answer: { total: 42 } }
        """;

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWith(Requests, "python3-requests")]
    public async Task A_client_of_localhost_gets_its_answer_in_both_versions()
    {
        using var emulator = await StartAsync();
        Configure("port", $"{emulator.Address.Port}");

        Assert.Equal("finished 200 {\"count\":2800}", await SolveAsync("v1", "countStars"));
        Assert.Equal("completed 200 {\"count\":2800}", await SolveAsync("v2", "countStars"));
    }

    [FactWith(Requests, "python3-requests")]
    public async Task A_client_of_the_cloud_gets_its_answer_in_both_versions_with_and_without_a_version_of_the_app()
    {
        using var emulator = await StartAsync("--https", "emulator.pem", "--apikey", "key");
        Configure("cloud", emulator.Address.Authority);
        Configure("apikey", "key");
        Configure("app", "Count The Stars");
        Configure("ver", "1.0.0.1");

        Assert.Equal("finished 200 {\"count\":2800}", await SolveAsync("v1", "countStars"));
        Assert.Equal("completed 200 {\"count\":2800}", await SolveAsync("v2", "countStars"));

        Configure("ver", "");
        Configure("workbook", "vessels.xlsx");
        await File.WriteAllBytesAsync(_folder.File("vessels.xlsx"), [80, 75, 3, 4]);
        Assert.Equal("completed 200 {\"served\":true}", await SolveAsync("v2", "solveWorkbook"));
    }

    [FactWith(Requests, "python3-requests")]
    public async Task A_pipeline_publishes_runs_reads_the_log_and_removes()
    {
        using var emulator = await StartAsync("--https", "emulator.pem", "--apikey", "key");

        string[] expected =
        [
            "published 200",
            "listed ['Plant Plan'] True",
            "ran completed {\"total\":42}",
            "logged True the procedure ends with 1",
            "removed 200 []",
        ];
        Assert.Equal(
            expected,
            (await RunAsync("publish.py", emulator.Address.Authority)).Split(
                '\n',
                StringSplitOptions.RemoveEmptyEntries
            )
        );
    }

    [FactWith(Requests, "python3-requests")]
    public async Task A_receiver_is_called_with_every_state_of_a_scheduled_task()
    {
        using var emulator = await StartAsync("--https", "emulator.pem", "--apikey", "key");

        Assert.Equal(
            "queued queued completed True True True",
            (await RunAsync("hook.py", emulator.Address.Authority)).Trim()
        );
    }

    private Task<EmulatorProgram> StartAsync(params string[] options)
    {
        _folder.Write("services.yaml", Services);
        return EmulatorProgram.StartAsync(_folder, ["--services", "services.yaml", .. options]);
    }

    private void Configure(string name, string value) => _folder.Write($"{name}.txt", value);

    private async Task<string> SolveAsync(string api, string service)
    {
        Configure("api", api);
        Configure("service", service);
        return (await RunAsync("solve.py", _folder.Path)).Trim();
    }

    private async Task<string> RunAsync(string script, string argument)
    {
        var folder = Path.Combine(
            ProgramFolder.Repository,
            "tests",
            "AimmsOrchestrator.EndToEnd.Tests",
            "Services",
            "Clients"
        );
        var start = new ProcessStartInfo(Python, [Path.Combine(folder, script), argument])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["REQUESTS_CA_BUNDLE"] = _folder.File("emulator.pem");
        start.Environment["NO_PROXY"] = "*";
        using var process = Process.Start(start)!;
        var result = await ProgramFolder.EndOfAsync(process);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output;
    }
}

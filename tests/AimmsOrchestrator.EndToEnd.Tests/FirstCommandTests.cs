using System.Text.Json;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>What a person sees who types the README's first command, and then looks at what came of it.</summary>
public sealed class FirstCommandTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task The_transport_batch_ends_in_a_table_of_the_known_optima()
    {
        var scenario = Path.Combine(ProgramFolder.Repository, "scenarios", "transport-whatif.yaml");
        var run = await _folder.RunAsync("run", scenario);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("153.675", run.Output, StringComparison.Ordinal);

        var report = await _folder.RunAsync("report", "--format", "jsonl");
        var runs = report.OutputLines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(15, runs.Count);

        // The classic instance's optimum at a freight of 90 is 153.675 (Dantzig; GAMS' trnsport), and cost is
        // proportional to freight; 990 cases are wanted at a growth of 1.1, and 950 can be had.
        foreach (var r in runs)
        {
            var (freight, growth) = (Parameter(r, "freight"), Parameter(r, "growth"));
            var results = r.GetProperty("results");
            Assert.Equal("completed", r.GetProperty("state").GetString());
            Assert.Equal(growth > 1.05 ? "infeasible" : "optimal", results.GetProperty("status").GetString());
            if (growth == 1.0)
            {
                Assert.Equal(153.675 * freight / 90, results.GetProperty("cost").GetDouble(), 6);
            }
        }
    }

    [Theory]
    [InlineData("http_proxy")]
    [InlineData("HTTPS_PROXY")]
    [InlineData("ALL_PROXY")]
    public async Task A_proxy_of_the_environment_is_not_asked_for_the_emulator(string variable)
    {
        // Nothing listens at port 9, so that whatever goes through this proxy fails.
        _folder.Environment[variable] = "http://127.0.0.1:9";
        _folder.Write(
            "px.yaml",
            "name: px\nservice: { url: emulator, name: echo }\nsweep: { matrix: { a: [1, 2] } }\n"
        );

        var run = await _folder.RunAsync("run", "px.yaml");

        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.Errors));
        Assert.Contains("px-1: 2 completed", run.Errors + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_names_the_proxy_that_stands_between()
    {
        _folder.Environment["http_proxy"] = "http://me:secret@127.0.0.1:9";
        _folder.Write("px.yaml", "name: px\nservice: { url: \"http://service.example:8080\", name: echo }\n");

        var run = await _folder.RunAsync("run", "px.yaml");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains(
            "nothing listens at 127.0.0.1:9 (through the proxy http://127.0.0.1:9 of the environment)",
            run.Errors,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("secret", run.Errors + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_have_the_columns_and_members_that_scripts_rely_on()
    {
        _folder.Write(
            "stars.yaml",
            """
            name: stars
            service: { url: emulator, name: countStarsJson }
            sweep: { matrix: { line: ["**", "***"] } }
            request: { json: { lines: ["${{ line }}"] } }
            results: { count: response.count }
            poll: { every: 20ms }
            """
        );
        Assert.Equal(0, (await _folder.RunAsync("run", "stars.yaml")).ExitCode);

        var csv = await _folder.RunAsync("report", "stars", "--format", "csv");
        Assert.StartsWith("index,name,line,state,count,", csv.Output, StringComparison.Ordinal);
        Assert.StartsWith("0,line=**,**,completed,2,", csv.OutputLines[1], StringComparison.Ordinal);
        Assert.StartsWith("1,line=***,***,completed,3,", csv.OutputLines[2], StringComparison.Ordinal);

        var line = JsonDocument
            .Parse((await _folder.RunAsync("report", "stars-1", "--format", "jsonl")).OutputLines[1])
            .RootElement;
        string[] members = ["index", "key", "name", "parameters", "state", "results", "error", "task", "attempts"];
        Assert.Equal(members, line.EnumerateObject().Select(m => m.Name));
        Assert.Equal(
            ["id", "queueTime", "runTime", "returnCode"],
            line.GetProperty("task").EnumerateObject().Select(m => m.Name)
        );
        Assert.Equal(3, line.GetProperty("results").GetProperty("count").GetInt32());
        Assert.Equal(1, line.GetProperty("attempts").GetInt32());

        var list = JsonDocument.Parse((await _folder.RunAsync("list", "--json")).Output).RootElement;
        Assert.Equal("stars-1", list[0].GetProperty("batch").GetString());
        var status = JsonDocument.Parse((await _folder.RunAsync("status", "--json")).Output).RootElement;
        Assert.Equal("finished", status.GetProperty("state").GetString());
        Assert.Equal(2, status.GetProperty("completed").GetInt32());
    }

    [Fact]
    public async Task Plan_shows_what_would_run_and_sends_nothing()
    {
        var scenario = Path.Combine(ProgramFolder.Repository, "scenarios", "transport-whatif.yaml");
        var plan = await _folder.RunAsync("plan", scenario);
        Assert.Equal(0, plan.ExitCode);
        Assert.Contains("15 runs", plan.Output, StringComparison.Ordinal);

        var lines = (await _folder.RunAsync("plan", scenario, "--format", "jsonl", "--requests")).OutputLines;
        Assert.Equal(15, lines.Length);
        var last = JsonDocument.Parse(lines[^1]).RootElement;
        Assert.Equal(["index", "key", "name", "parameters", "request"], last.EnumerateObject().Select(m => m.Name));
        Assert.Equal(110, last.GetProperty("request").GetProperty("freight").GetDouble());
        Assert.False(Directory.Exists(_folder.File(".aimms-batch")));
    }

    [Fact]
    public async Task A_failed_task_makes_exit_code_1_and_says_why()
    {
        _folder.Write(
            "broken.yaml",
            """
            name: broken
            service: { url: emulator, name: transport }
            request: { json: { freight: 90 } }
            poll: { every: 20ms }
            """
        );
        var run = await _folder.RunAsync("run", "broken.yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("supply: missing", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static double Parameter(JsonElement run, string name) =>
        run.GetProperty("parameters").GetProperty(name).GetDouble();
}

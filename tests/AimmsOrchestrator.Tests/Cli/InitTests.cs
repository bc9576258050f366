using System.Globalization;
using System.Text;
using AimmsOrchestrator.Cli;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Tests.Scenarios.Tables;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>Scenarios from what a person has: each plans without a warning, and runs.</summary>
public sealed class InitTests : IDisposable
{
    private const string Cases = "customer,demand\nAdam,12\nBerta,7\n";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string> Requests =>
        new()
        {
            { "flat", "body.json", """{ "freight": 90, "growth": 1.0 }""" },
            {
                "nested",
                "body.json",
                """{ "demand": { "new-york": 325, "topeka": 275 }, "options": { "gap": 0.01 } }"""
            },
            {
                "records",
                "body.json",
                """{ "plants": [{ "name": "Bonn", "cap": 350 }, { "name": "Kiel", "cap": 600 }] }"""
            },
            {
                "StandardTaskService",
                "body.json",
                """{ "task-name": "rebalance", "properties": { "scenario": "S7", "limit": "12" } }"""
            },
            { "no numbers", "body.json", """{ "plan": "lean", "flags": [true, null] }""" },
            { "nothing", "body.json", "{}" },
            { "large", "body.json", Large() },
            {
                "other names",
                "body.json",
                """{ "Größe": 5, "人口": { "東京 (都)": 14.1 }, "a/b~c": 3, "class": 2, "x y": 1 }"""
            },
            { "list", "body.json", "[[1, 2.5], [3e-7, -4]]" },
            { "csv", "body.csv", "city,cost\nBonn,3\nKiel,4\n" },
        };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_becomes_a_scenario_that_plans_without_a_warning_and_runs(
        string shape,
        string file,
        string body
    )
    {
        var request = _folder.Write(file, body);

        var (exitCode, _, said) = await RunAsync(
            "init",
            Scenario,
            "--request",
            request,
            "--url",
            "emulator",
            "--service",
            "echo",
            "--probe",
            "--yes"
        );

        Assert.True(exitCode == ExitCode.Success, $"{shape}: {said}");
        Assert.DoesNotContain("warning", said, StringComparison.Ordinal);
        await AssertRunsAsync(shape);
    }

    [Theory]
    [InlineData("""{ "demand": { "new-york": 5, "a/b~c": 7 } }""")]
    [InlineData("""{ "Größe \"x\"": 5 }""")]
    [InlineData("[[3, 4]]")]
    [InlineData("""{ "plan": "lean" }""")]
    public async Task A_service_that_the_emulator_lacks_answers_from_the_scenario_itself(string body)
    {
        var request = _folder.Write("body.json", body);
        string[] init = ["init", Scenario, "--request", request, "--url", "emulator", "--service", "plan: production"];

        var (exitCode, _, said) = await RunAsync([.. init, "--probe", "--yes"]);

        Assert.True(exitCode == ExitCode.Success, said);
        Assert.Contains("The emulator has no \"plan: production\"", said, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(Scenario);
        Assert.Contains("results:\n  objective: response.objective\n", text, StringComparison.Ordinal);
        await AssertRunsAsync(body);
    }

    [Fact]
    public async Task A_response_in_a_file_is_what_such_a_service_answers()
    {
        var request = _folder.Write("body.json", """{ "demand": 5 }""");
        var response = _folder.Write("answer.json", """{ "profit": 12 }""");
        string[] init = ["init", Scenario, "--request", request, "--url", "emulator", "--service", "plan"];

        var (exitCode, _, said) = await RunAsync([.. init, "--response", response, "--yes"]);

        Assert.True(exitCode == ExitCode.Success, said);
        Assert.Contains("file: answer.json", await File.ReadAllTextAsync(Scenario), StringComparison.Ordinal);
        await AssertRunsAsync("response");
    }

    [Theory]
    [InlineData("{ \"demand\": 5 }", "/demand: ${{ demand }}")]
    [InlineData("{ \"other\": 5 }", "/demand: ${{ demand }}")]
    [InlineData(null, "demand: ${{ demand }}")]
    public async Task A_file_of_cases_becomes_a_table(string? body, string expected)
    {
        var cases = _folder.Write("cases.csv", Cases);
        string[] request = body is null ? [] : ["--request", _folder.Write("body.json", body)];

        var (exitCode, _, said) = await RunAsync([
            "init",
            Scenario,
            "--cases",
            cases,
            .. request,
            "--url",
            "emulator",
            "--service",
            "echo",
            "--probe",
        ]);

        Assert.True(exitCode == ExitCode.Success, said);
        Assert.Contains(expected, await File.ReadAllTextAsync(Scenario), StringComparison.Ordinal);
        await AssertRunsAsync("cases");
    }

    [Fact]
    public async Task A_workbook_of_cases_becomes_a_table_whose_headings_are_made_words()
    {
        var cases = Path.Combine(_folder.Path, "cases.xlsx");
        const string Rows = """
            <row r="1"><c r="A1" t="inlineStr"><is><t>Demand (t)</t></is></c><c r="B1" t="inlineStr"><is><t>city</t></is></c></row>
            <row r="2"><c r="A2"><v>5</v></c><c r="B2" t="inlineStr"><is><t>Bonn</t></is></c></row>
            """;
        await File.WriteAllBytesAsync(cases, TestWorkbook.Of(Rows));

        var (exitCode, _, said) = await RunAsync(
            "init",
            Scenario,
            "--cases",
            cases,
            "--url",
            "emulator",
            "--service",
            "echo",
            "--yes"
        );

        Assert.True(exitCode == ExitCode.Success, said);
        Assert.Contains("\"Demand (t)\": Demand_t", await File.ReadAllTextAsync(Scenario), StringComparison.Ordinal);
        await AssertRunsAsync("workbook");
    }

    [Fact]
    public async Task What_to_vary_may_be_said()
    {
        var request = _folder.Write("body.json", """{ "a": 1, "b": { "c": 2 } }""");

        await RunAsync(
            "init",
            Scenario,
            "--request",
            request,
            "--url",
            "emulator",
            "--service",
            "echo",
            "--vary",
            "/b/c"
        );

        var text = await File.ReadAllTextAsync(Scenario);
        Assert.Contains("\n    c: { from: 2, to: 6, step: 1 }", text, StringComparison.Ordinal);
        Assert.Contains("\n    # a: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_that_is_there_is_not_overwritten_without_being_asked()
    {
        _folder.Write("s.yaml", "mine");
        var request = _folder.Write("body.json", "{}");
        string[] init = ["init", Scenario, "--request", request, "--url", "emulator", "--service", "echo", "--yes"];

        var (exitCode, _, said) = await RunAsync(init);

        Assert.Equal(ExitCode.WrongInput, exitCode);
        Assert.Contains("is there already", said, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Scenario));
        Assert.Equal(ExitCode.Success, (await RunAsync([.. init, "--force"])).ExitCode);
        Assert.NotEqual("mine", await File.ReadAllTextAsync(Scenario));
    }

    [Theory]
    [InlineData("--url emulator --service echo", 2, "--request is missing: an example request, or --cases")]
    [InlineData("--request BODY --service echo", 2, "--url is missing: the service's address")]
    [InlineData("--request BODY --url emulator", 2, "--service is missing: the service's name")]
    [InlineData("--request BODYY --url emulator --service echo", 2, "there is no such file; did you mean")]
    [InlineData("--request BODY --url emulator --service echo --vary /nope", 2, "no number or text at \"/nope\"")]
    [InlineData(
        "--request BODY --url https://acme.aimms.cloud --service echo",
        2,
        "--app is missing: the published app"
    )]
    [InlineData("--request BODY --use nope --service echo", 2, "there is no profile \"nope\"")]
    [InlineData("--request BODY --url ftp://x --service echo", 2, "\"ftp://x\" is not an address")]
    [InlineData(
        "--request BODY --url http://127.0.0.1:1 --service echo --probe",
        4,
        "nothing was written, the probe failed"
    )]
    public async Task What_is_missing_or_wrong_is_one_line(string words, int expected, string line)
    {
        var body = _folder.Write("body.json", "{ \"a\": 1 }");

        var (exitCode, _, said) = await RunAsync([
            "init",
            Scenario,
            .. words.Split(' ').Select(word => word.Replace("BODY", body, StringComparison.Ordinal)),
        ]);

        Assert.Equal(expected, exitCode);
        Assert.Contains(line, said, StringComparison.Ordinal);
        Assert.False(File.Exists(Scenario));
    }

    public void Dispose() => _folder.Dispose();

    private string Scenario => Path.Combine(_folder.Path, "s.yaml");

    /// <summary>Five megabytes of records.</summary>
    private static string Large()
    {
        var text = new StringBuilder("{ \"scale\": 2, \"rows\": [");
        for (var row = 0; row < 80_000; row++)
        {
            text.Append(row == 0 ? "" : ",")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{{ \"product\": \"P{row}\", \"price\": {row % 97}.5, \"stock\": {row} }}"
                );
        }

        return text.Append("] }").ToString();
    }

    private async Task AssertRunsAsync(string shape)
    {
        var workspace = Path.Combine(_folder.Path, "workspace");
        foreach (var command in new[] { "plan", "run", "plan" })
        {
            var (exitCode, shown, said) = await RunAsync(command, Scenario, "--workspace", workspace);

            Assert.True(
                exitCode == ExitCode.Success,
                $"{shape}: {command}: {shown}{said}\n{await File.ReadAllTextAsync(Scenario)}"
            );
            Assert.False(
                (shown + said).Contains("warning", StringComparison.Ordinal),
                $"{shape}: {command}: {shown}{said}\n{await File.ReadAllTextAsync(Scenario)}"
            );
        }
    }

    private static async Task<(int ExitCode, string Shown, string Said)> RunAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await CommandRunner.RunAsync(words, new Screen(output, errors));
        return (exitCode, output.ToString(), errors.ToString());
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Services;

/// <summary><c>emulator --services</c>: a task service that answers as its owner says.</summary>
public sealed class OwnServicesTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_batch_runs_against_services_of_ones_own_with_their_answers_failures_and_files()
    {
        Directory.CreateDirectory(_folder.File("answers"));
        _folder.Write("answers/north.json", """{"objective": 7}""");
        _folder.Write(
            "mine.yaml",
            """
            places: 2
            services:
              plan: { answer: { objective: "${{ 100 * request.demand }}" } }
              stored: { file: "answers/${{ request.region }}.json" }
              broken: { answer: {}, failures: 100%, message: the model is infeasible }
            """
        );
        using var emulator = await EmulatorProgram.StartAsync(_folder, "--services", "mine.yaml");

        Assert.Equal("100,200", await CostsAsync(emulator.Address, "plan", "{ demand: [1, 2] }", "demand"));
        Assert.Equal("7", await CostsAsync(emulator.Address, "stored", "{ region: [north] }", "region"));
        var broken = await RunAsync(emulator.Address, "broken", "{ demand: [1] }", "demand");
        Assert.Equal(1, broken.ExitCode);
        var report = await _folder.RunAsync("report", "--format", "jsonl");
        Assert.Contains("the model is infeasible", report.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Last_weeks_answers_are_replayed_from_the_workspace_to_any_client()
    {
        _folder.Write(
            "week.yaml",
            """
            name: week
            service: { url: emulator, name: echo }
            sweep: { matrix: { demand: [1, 2] } }
            request: { json: { demand: "${{ demand }}", objective: "${{ demand * 10 }}" } }
            """
        );
        Assert.Equal(0, (await _folder.RunAsync("run", "week.yaml")).ExitCode);
        _folder.Write("replayed.yaml", "services: { echo: { replay: week } }");
        using var emulator = await EmulatorProgram.StartAsync(_folder, "--services", "replayed.yaml");
        using var http = new HttpClient { BaseAddress = emulator.Address, Timeout = Waiting.Patience };

        using var known = await SolveAsync(http, """{"demand": 2, "objective": 20}""");
        using var unknown = await SolveAsync(http, """{"demand": 3, "objective": 30}""");

        Assert.Equal("completed", known.RootElement.GetProperty("state").GetString());
        Assert.Equal("failed", unknown.RootElement.GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_error_in_the_file_is_one_line_with_its_location()
    {
        _folder.Write("mine.yaml", "services:\n  plan: { anser: { objective: 1 } }\n");

        var result = await _folder.RunAsync("emulator", "--services", "mine.yaml", "--port", "0");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("mine.yaml:2:11: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("answer", result.Errors, StringComparison.Ordinal);
    }

    private static async Task<JsonDocument> SolveAsync(HttpClient http, string request)
    {
        using var content = new StringContent(request);
        using var submitted = await http.PostAsync(new Uri("api/v2/tasks/echo", UriKind.Relative), content);
        var id = (await submitted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var task = JsonDocument.Parse("{}");
        while (
            !(task.RootElement.TryGetProperty("state", out var state) && state.GetString() is "completed" or "failed")
        )
        {
            task.Dispose();
            task = JsonDocument.Parse(await http.GetStringAsync(new Uri($"api/v2/tasks/{id}", UriKind.Relative)));
        }

        return task;
    }

    private async Task<string> CostsAsync(Uri address, string service, string matrix, string parameter)
    {
        Assert.Equal(0, (await RunAsync(address, service, matrix, parameter)).ExitCode);
        var report = await _folder.RunAsync("report", "--format", "jsonl");
        return string.Join(
            ',',
            report.OutputLines.Select(line =>
                JsonDocument.Parse(line).RootElement.GetProperty("results").GetProperty("cost").GetRawText()
            )
        );
    }

    private Task<ProgramResult> RunAsync(Uri address, string service, string matrix, string parameter)
    {
        _folder.Write(
            "mine-run.yaml",
            $$$"""
            name: {{{service}}}
            service: { url: "{{{address}}}", name: {{{service}}} }
            sweep: { matrix: {{{matrix}}} }
            request: { json: { {{{parameter}}}: "${{ {{{parameter}}} }}" } }
            poll: { every: 20ms }
            retry: { attempts: 1 }
            results: { cost: response.objective }
            """
        );
        return _folder.RunAsync("run", "mine-run.yaml");
    }
}

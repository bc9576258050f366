using System.Text;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Emulator.Models;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Tests.Batches.Services;

/// <summary>Services of a scenario's author as the emulator runs them.</summary>
public sealed class OwnServicesTests : IDisposable
{
    private readonly TestRoom _room = new();

    [Fact]
    public async Task A_request_is_answered_as_in_the_batch_that_is_replayed()
    {
        _room.Service.End = n => n == 2 ? TaskState.Failed : TaskState.Completed;
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

        using var own = Open("{ replay: short }").Value!;

        Assert.Equal("""{"objective":1}""", Text(await AnswerAsync(own, """{ "n": 1 }""")));
        Assert.NotNull((await AnswerAsync(own, """{"n":2}""")).Error);
        Assert.Equal("short-1 has no run with this request", (await AnswerAsync(own, """{"n":9}""")).Error);
    }

    [Fact]
    public async Task A_batch_that_is_not_there_is_a_problem_before_anything_runs()
    {
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

        var problem = Assert.IsType<BatchProblem.ReplayMissing>(Open("{ replay: shrot }").Problem);

        Assert.Equal("a", problem.Service);
        Assert.Contains("short", Assert.IsType<BatchProblem.NotFound>(problem.Why).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_objects_is_written_as_csv_or_as_an_excel_file()
    {
        using var csv = Open("{ answer: [{ i: 1, x: 2.5 }, { i: 2, name: \"a,b\" }], format: csv }").Value!;
        using var excel = Open("{ answer: [{ i: 1 }], format: xlsx }").Value!;
        using var wrong = Open("{ answer: [1, 2], format: csv }").Value!;

        var answer = await AnswerAsync(csv, "{}");
        Assert.Equal("text/csv", answer.MediaType);
        Assert.Equal("i,x,name\n1,2.5,\n2,,\"a,b\"\n", Text(answer).ReplaceLineEndings("\n"));
        Assert.Equal("PK"u8.ToArray(), (await AnswerAsync(excel, "{}")).Body![..2]);
        Assert.Contains("a list of objects", (await AnswerAsync(wrong, "{}")).Error, StringComparison.Ordinal);
    }

    public void Dispose() => _room.Dispose();

    private static string Text(OwnAnswer answer) => Encoding.UTF8.GetString(answer.Body!);

    private static Task<OwnAnswer> AnswerAsync(OwnServices own, string request) =>
        own.Services[0].Answer(Encoding.UTF8.GetBytes(request));

    private Result<OwnServices> Open(string service)
    {
        var file = $"{_room.ScenarioFile}.services";
        File.WriteAllText(file, $"services: {{ a: {service} }}");
        var (services, errors) = EmulatorLoader.Load(file);
        Assert.Empty(errors);
        return OwnServices.Open(services!, _room.Workspace);
    }
}

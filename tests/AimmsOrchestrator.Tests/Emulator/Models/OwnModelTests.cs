using System.Net;
using System.Text;
using AimmsOrchestrator.Emulator.Models;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator.Models;

/// <summary>Services of the emulator's owner.</summary>
public sealed class OwnModelTests : EmulatorTest
{
    [Fact]
    public async Task A_service_of_ones_own_answers_and_hides_a_model_of_its_name()
    {
        await using var service = await StartAsync(With(Echo("transport"), Echo("mine")));

        Assert.Equal(7, (await SolveAsync(service, "mine", """{"x":7}""")).GetProperty("x").GetInt32());
        Assert.Equal(8, (await SolveAsync(service, "transport", """{"x":8}""")).GetProperty("x").GetInt32());
    }

    [Fact]
    public async Task A_task_fails_as_often_as_it_is_to_and_where_there_is_no_answer()
    {
        var without = new OwnService(
            "without",
            _ => Task.FromResult(new OwnAnswer(null, null) { Error = "no such run" })
        );
        await using var service = await StartAsync(
            With(Echo("failing") with { Failures = 1, Message = "infeasible" }, without)
        );

        Assert.Equal("infeasible", await ErrorOfAsync("failing"));
        Assert.Equal("no such run", await ErrorOfAsync("without"));

        async Task<string?> ErrorOfAsync(string name)
        {
            var id = await SubmitAsync(service, $"api/v2/tasks/{name}", "{}");
            return (await EndOfAsync(service, id)).GetProperty("errorMessage").GetString();
        }
    }

    [Fact]
    public async Task An_interrupted_solve_answers_early()
    {
        await using var service = await StartAsync(With(Echo("slow") with { RunTime = _ => TimeSpan.FromHours(1) }));
        var id = await SubmitAsync(service, "api/v2/tasks/slow", "{}");
        while (await StateAsync(service, id) != "solving")
        {
            await Task.Yield();
        }

        await SendAsync(service, HttpMethod.Put, $"api/v2/tasks/{id}", """{"setstatus":"interrupt-solve"}""");

        Assert.Equal("completed", (await EndOfAsync(service, id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_submit_beyond_the_queue_is_turned_away()
    {
        await using var service = await StartAsync(
            With(Echo("narrow") with { RunTime = _ => TimeSpan.FromHours(1), Queue = 1 })
        );
        var first = await SubmitAsync(service, "api/v2/tasks/narrow", "{}");
        while (await StateAsync(service, first) != "solving")
        {
            await Task.Yield();
        }

        await SubmitAsync(service, "api/v2/tasks/narrow", "{}");
        using var body = new StringContent("{}", Encoding.UTF8);
        using var answer = await Http.PostAsync(new Uri(service.Address, "api/v2/tasks/narrow"), body);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("1", answer.Headers.RetryAfter?.ToString());
    }

    private static EmulatorOptions With(params OwnService[] services) => new() { Services = services };

    private static OwnService Echo(string name) =>
        new(name, body => Task.FromResult(new OwnAnswer(body.ToArray(), "application/json")));
}

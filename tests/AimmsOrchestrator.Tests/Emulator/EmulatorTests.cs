using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator;

/// <summary>The emulator as any client meets it, over real HTTP.</summary>
public sealed partial class EmulatorTests : EmulatorTest
{
    private const string Trnsport = """
        {"freight": 90, "supply": {"seattle": 350, "san-diego": 600}, "demand": {"new-york": 325, "chicago": 300, "topeka": 275},
         "distance": {"seattle": {"new-york": 2.5, "chicago": 1.7, "topeka": 1.8}, "san-diego": {"new-york": 2.5, "chicago": 1.8, "topeka": 1.4}}}
        """;

    [Fact]
    public async Task The_classic_transport_problem_has_its_published_optimum_and_shadow_prices()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var answer = await SolveAsync(service, "transport", Trnsport);

        // GAMS' model library, trnsport: total cost 153.675; marginals of demand 0.225, 0.153, 0.126.
        Assert.Equal("optimal", answer.GetProperty("status").GetString());
        Assert.Equal(153.675, answer.GetProperty("objective").GetDouble(), 9);
        var demand = answer.GetProperty("shadowPrices").GetProperty("demand");
        Assert.Equal(0.225, demand.GetProperty("new-york").GetDouble(), 9);
        Assert.Equal(0.153, demand.GetProperty("chicago").GetDouble(), 9);
        Assert.Equal(0.126, demand.GetProperty("topeka").GetDouble(), 9);
    }

    [Fact]
    public async Task A_demand_that_cannot_be_met_is_an_answer()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var answer = await SolveAsync(service, "transport", Trnsport.Replace("275", "350", StringComparison.Ordinal));

        Assert.Equal("""{"status":"infeasible"}""", answer.GetRawText());
    }

    [Theory]
    [InlineData("transport", """{"freight": 90}""", "supply: missing in the request")]
    [InlineData("transport", """{"freight": -1}""", "freight: -1 is less than 0")]
    [InlineData("countStarsJson", "nonsense", "the request is not JSON")]
    [InlineData("StandardTaskService", """{"task-name": "x"}""", "there is no task \"x\"")]
    public async Task A_request_that_will_not_do_makes_the_model_raise_an_error(
        string name,
        string body,
        string message
    )
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var task = await EndOfAsync(service, await SubmitAsync(service, $"api/v2/tasks/{name}", body));

        Assert.Equal("failed", task.GetProperty("state").GetString());
        Assert.Equal(0, task.GetProperty("returnCode").GetInt32());
        Assert.StartsWith(message, task.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_facility_location_problem_is_solved_to_optimality()
    {
        await using var service = await StartAsync(new EmulatorOptions());

        // One customer and one site, which has to be opened: nothing is left to choose.
        var answer = await SolveAsync(
            service,
            "facility-location",
            """{"customers": 1, "facilities": 1, "fixedCost": 0}"""
        );
        Assert.Equal("optimal", answer.GetProperty("status").GetString());
        Assert.Equal([0], answer.GetProperty("open").EnumerateArray().Select(e => e.GetInt32()));

        var tight = await SolveAsync(
            service,
            "facility-location",
            """{"customers": 5, "facilities": 2, "capacity": 0.5}"""
        );
        Assert.Equal("infeasible", tight.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_cloud_writes_every_member_in_its_order_with_nulls_and_blank_separated_times()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var text = await SendAsync(service, HttpMethod.Post, "pro-api/v2/tasks/My%20App/1.4/echo", "x", key: "any");

        string[] members =
        [
            "id",
            "groupIndex",
            "appName",
            "appVersion",
            "serviceName",
            "state",
            "scheduleFor",
            "scheduleInterval",
            "createdAt",
            "assignedAt",
            "runningAt",
            "endedAt",
            "queueTime",
            "runTime",
            "returnCode",
            "errorMessage",
        ];
        var task = JsonDocument.Parse(text).RootElement;
        Assert.Equal(members, task.EnumerateObject().Select(m => m.Name));
        Assert.Equal(
            ("My App", "1.4"),
            (task.GetProperty("appName").GetString(), task.GetProperty("appVersion").GetString())
        );
        Assert.Matches(CloudTime(), task.GetProperty("createdAt").GetString()!);

        var list = JsonDocument
            .Parse(await SendAsync(service, HttpMethod.Get, "pro-api/v2/tasks?appName=My+App", key: "any"))
            .RootElement;
        Assert.Equal(["current_batch", "total_tasks"], list.EnumerateObject().Select(m => m.Name));
        var old = JsonDocument
            .Parse(await SendAsync(service, HttpMethod.Get, "pro-api/v1/tasks", key: "any"))
            .RootElement;
        Assert.Equal(["statuses", "total_size"], old.EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public async Task Localhost_writes_no_nulls_and_iso_times()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var id = await SubmitAsync(service, "api/v2/tasks/echo", "x");
        var task = await EndOfAsync(service, id);

        Assert.Equal(
            ("unnamed", "0.0"),
            (task.GetProperty("appName").GetString(), task.GetProperty("appVersion").GetString())
        );
        Assert.DoesNotContain(task.EnumerateObject(), m => m.Value.ValueKind == JsonValueKind.Null);
        Assert.EndsWith("Z", task.GetProperty("createdAt").GetString(), StringComparison.Ordinal);

        var old = JsonDocument.Parse(await SendAsync(service, HttpMethod.Get, $"api/v1/tasks/{id}")).RootElement;
        Assert.Equal(
            ["id", "service", "starttime", "status", "queuetime", "runtime", "returncode"],
            old.EnumerateObject().Select(m => m.Name)
        );
        Assert.Equal("finished", old.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_missing_or_wrong_key_is_a_proxys_page(string? key)
    {
        await using var service = await StartAsync(new EmulatorOptions { ApiKey = "right" });
        using var answer = await SendRawAsync(service, HttpMethod.Get, "pro-api/v2/tasks", key: key);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(
            "<title>401 Authorization Required</title>",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal("[]", await SendAsync(service, HttpMethod.Get, "api/v2/tasks"));
    }

    [Theory]
    [InlineData("api/v2/tasks//echo/")]
    [InlineData("api//v2//tasks/echo?unknown=1&prettyFormat=true")]
    [InlineData("pro-api/v2//tasks//App/latest/echo/")]
    [InlineData("pro-api/v1/tasks/App/echo")]
    public async Task Sloppy_addresses_are_understood(string path)
    {
        await using var service = await StartAsync(new EmulatorOptions());
        using var answer = await SendRawAsync(service, HttpMethod.Post, path, "x", key: "any");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Of_a_multipart_form_the_first_part_reaches_the_model()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "input.xlsx" } };
        using var posted = await Http.PostAsync(new Uri(service.Address, "api/v2/tasks/echo"), form);
        await EndOfAsync(service, Id(await posted.Content.ReadAsStringAsync()));

        Assert.Equal([1, 2, 3], service.Books.Taken.Single().Body.ToArray());
    }

    [Theory]
    [InlineData("GET", "api/v2/tasks/none", 404)]
    [InlineData("GET", "api/v2/tasks/none/response", 404)]
    [InlineData("DELETE", "api/v2/tasks/none", 404)]
    [InlineData("POST", "api/v2/tasks/transportt", 403)]
    [InlineData("POST", "api/v2/tasks/echo?scheduleIn=PT5M", 400)]
    [InlineData("GET", "pro-api/v2/tasks?after=yesterdayish", 400)]
    [InlineData("GET", "elsewhere", 404)]
    public async Task What_cannot_be_done_has_its_status(string method, string path, int status)
    {
        await using var service = await StartAsync(new EmulatorOptions());
        using var answer = await SendRawAsync(
            service,
            new HttpMethod(method),
            path,
            method == "POST" ? "{}" : null,
            key: "any"
        );

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Tasks_run_in_turn_and_no_more_at_a_time_than_there_are_sessions()
    {
        await using var service = await StartAsync(new EmulatorOptions { Parallel = 2 });
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await SubmitAsync(service, "api/v2/tasks/sleep", """{"seconds": 600}"""));
        }

        var isQueued = await Task.WhenAll(ids.Select(async id => await StateAsync(service, id) == "queued"));
        Assert.Equal([false, false, true, true], isQueued);
        await SendAsync(service, HttpMethod.Put, $"api/v2/tasks/{ids[1]}", """{"setstatus": "interrupt-solve"}""");
        await EndOfAsync(service, ids[1]);
        while (await StateAsync(service, ids[2]) == "queued")
        {
            await Task.Yield();
        }

        Assert.Equal("queued", await StateAsync(service, ids[3]));
        Assert.Equal(4, service.Books.MostUnfinished);
    }

    [Fact]
    public async Task Only_an_interrupt_of_the_two_kinds_is_one_and_an_ended_task_has_none_left()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var id = await SubmitAsync(service, "api/v2/tasks/echo", "x");
        await EndOfAsync(service, id);
        using var wrong = await SendRawAsync(
            service,
            HttpMethod.Put,
            $"api/v2/tasks/{id}",
            """{"setstatus": "stop"}"""
        );
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);

        var late = await SendAsync(
            service,
            HttpMethod.Put,
            $"api/v2/tasks/{id}",
            """{"setstatus": "interrupt-solve"}"""
        );
        Assert.Contains("\"setstatus\":\"interrupt-processed\"", late, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submit_can_wait_for_the_end_on_localhost()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var text = await SendAsync(
            service,
            HttpMethod.Post,
            "api/v1/tasks/countStarsJson?completionTimeout=100000",
            "nonsense"
        );

        Assert.Contains("finished with errors", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using var service = await StartAsync(new EmulatorOptions());

        await Assert.ThrowsAsync<PortTakenException>(() =>
            StartAsync(new EmulatorOptions { Port = service.Address.Port })
        );
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.000000$", RegexOptions.NonBacktracking)]
    private static partial Regex CloudTime();
}

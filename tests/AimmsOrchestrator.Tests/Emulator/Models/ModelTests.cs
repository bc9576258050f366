using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator.Models;

/// <summary>The models behind the services.</summary>
public sealed class ModelTests : EmulatorTest
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
    public async Task An_invalid_request_makes_the_model_raise_an_error(string name, string body, string message)
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

        // One customer and one site, which must be opened: there is no choice.
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
}

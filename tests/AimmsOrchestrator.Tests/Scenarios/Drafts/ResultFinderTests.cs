using System.Text;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Drafts;

namespace AimmsOrchestrator.Tests.Scenarios.Drafts;

/// <summary>Results that a response proposes.</summary>
public sealed class ResultFinderTests
{
    [Fact]
    public void Numbers_become_results_the_objective_first_and_a_word_of_success_the_condition()
    {
        var found = In(
            """{ "iterations": 12, "status": "Optimal", "totalCost": 153.675, "flows": [{ "x": 1 }, {}] }"""
        );

        Assert.Equal(
            [
                ("totalCost", "response.totalCost"),
                ("iterations", "response.iterations"),
                ("status", "response.status"),
                ("flows", "response.flows.length"),
            ],
            found.Results.Select(result => (result.Name, result.Expression))
        );
        Assert.Equal("response.status === 'Optimal'", found.Success);
    }

    [Theory]
    [InlineData("""{ "solverStatus": "infeasible" }""", null, "infeasible")]
    [InlineData("""{ "ok": true }""", "response.ok === true", null)]
    [InlineData("""{ "ok": false }""", null, "false")]
    [InlineData(
        """{ "a b": { "status": "Locally optimal" } }""",
        "response[\"a b\"].status === 'Locally optimal'",
        null
    )]
    [InlineData("""{ "state": "it's done" }""", "response.state === 'it\\'s done'", null)]
    [InlineData("""{ "comment": "optimal" }""", null, null)]
    public void What_a_response_says_of_success(string json, string? success, string? doubt)
    {
        var found = In(json);

        Assert.Equal((success, doubt), (found.Success, found.Doubt));
    }

    [Fact]
    public void A_service_of_strings_has_numbers_too() =>
        Assert.Equal(
            [("objective", "Number(response.objective)")],
            In("""{ "objective": "1042.5", "output": "run-77" }""").Results.Select(r => (r.Name, r.Expression))
        );

    [Fact]
    public void A_csv_has_the_sums_of_its_numbers() =>
        Assert.Equal(
            [("total_cost", "response.rows.reduce((sum, row) => sum + row.cost, 0)"), ("rows", "response.rows.length")],
            In("city,cost\nBonn,3\nKiel,4\n", "text/csv").Results.Select(r => (r.Name, r.Expression))
        );

    [Fact]
    public void What_cannot_be_read_proposes_nothing() =>
        Assert.Equal(ProposedResults.None, ResultFinder.In(new TaskResponse(new byte[] { 0, 1, 2 }, null)));

    private static ProposedResults In(string text, string type = "application/json") =>
        ResultFinder.In(new TaskResponse(Encoding.UTF8.GetBytes(text), type));
}

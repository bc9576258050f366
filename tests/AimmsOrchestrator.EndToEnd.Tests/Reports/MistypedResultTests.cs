using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Reports;

/// <summary>A result that is always empty because its name is mistyped: said by a run, and by a plan before it.</summary>
public sealed class MistypedResultTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task A_mistyped_result_is_a_finding_with_the_word_that_was_meant()
    {
        _folder.Write(
            "typo.yaml",
            """
            name: typo
            service: { url: emulator, name: echo }
            sweep: { matrix: { x: [1, 2, 3] } }
            request: { json: { objective: "${{ x }}" } }
            poll: { every: 20ms }
            results: { cost: response.objetive }
            """
        );
        var run = await _folder.RunAsync("run", "typo.yaml");

        Assert.Contains(
            "cost is empty in all 3 runs: the response has no \"objetive\"; did you mean \"objective\"?\n",
            run.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_plan_warns_of_a_mistyped_result_where_the_service_has_answered_before()
    {
        const string Scenario = """
            name: plain
            service: { url: emulator, name: echo }
            sweep: { matrix: { x: [1, 2] } }
            request: { json: { objective: "${{ x }}" } }
            poll: { every: 20ms }
            """;
        _folder.Write("plain.yaml", Scenario);
        await _folder.EndsAsync(0, "run", "plain.yaml");
        _folder.Write("next.yaml", $"{Scenario}\nresults: {{ cost: response.objetive, good: response.objective }}\n");

        var plan = await _folder.RunAsync("plan", "next.yaml");

        Assert.Contains(
            "warning: cost would be empty: the response has no \"objetive\"; did you mean \"objective\"? (as in plain-1)",
            plan.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("good would be empty", plan.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}

using System.Text;
using AimmsOrchestrator.Batches.Authoring;
using AimmsOrchestrator.Tests.Scenarios;

namespace AimmsOrchestrator.Tests.Batches.Authoring;

/// <summary>One task, sent to see what its response looks like.</summary>
public sealed class ServiceProbeTests
{
    [Fact]
    public async Task The_response_of_one_task_comes_back()
    {
        var scenario = Given.Sketch("request: { json: { a: 1 } }");

        var outcome = await new ServiceProbe(TimeProvider.System).AskAsync(scenario, CancellationToken.None);

        Assert.Null(outcome.Problem);
        Assert.Contains("\"a\"", Encoding.UTF8.GetString(outcome.Response!.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_fails_is_one_line()
    {
        var scenario = Given.Scenario("name: t\nservice: { url: emulator, name: transport }\nrequest: { json: {} }");

        var outcome = await new ServiceProbe(TimeProvider.System).AskAsync(scenario, CancellationToken.None);

        Assert.StartsWith("the task failed: ", outcome.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', outcome.Problem!);
    }

    [Fact]
    public async Task A_service_that_is_away_is_one_line()
    {
        var scenario = Given.Scenario(
            "name: t\nservice: { url: \"http://127.0.0.1:1\", name: transport }\nrequest: { json: {} }"
        );

        var outcome = await new ServiceProbe(TimeProvider.System).AskAsync(scenario, CancellationToken.None);

        Assert.Contains("nothing listens", outcome.Problem, StringComparison.Ordinal);
    }
}

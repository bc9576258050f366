using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Polling;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Tests.Scenarios.Reading;

public sealed class PollReaderTests
{
    public static TheoryData<string, PollPolicy> Policies =>
        new()
        {
            { "", PollPolicy.Adaptive() },
            { "poll: adaptive", PollPolicy.Adaptive() },
            { "poll: { adaptive: { budget: 3 } }", PollPolicy.Adaptive(PollBudget.PerRun(3)) },
            { "poll: { adaptive: { budget: 2s } }", PollPolicy.Adaptive(PollBudget.Worth(TimeSpan.FromSeconds(2))) },
            { "poll: { every: 5s }", PollPolicy.Every(TimeSpan.FromSeconds(5)) },
            { "poll: { max: 10s }", PollPolicy.Default with { Max = TimeSpan.FromSeconds(10) } },
        };

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_task_is_polled_as_the_scenario_says(string poll, PollPolicy expected)
    {
        Assert.Equal(expected, Given.Sketch(poll).Plan.Poll);
    }

    [Theory]
    [InlineData("poll: adaptiv", "did you mean \"adaptive\"?")]
    [InlineData("poll: { adaptive: { budget: 1 } }", "neither a number of polls per run above 1")]
    [InlineData("poll: { adaptive: { budget: 0s } }", "neither a number of polls per run above 1")]
    [InlineData("poll: { adaptive: { buget: 2 } }", "poll.adaptive.buget is not a key of a scenario")]
    [InlineData("poll: { adaptive: { budget: 2 }, every: 5s }", "excludes adaptive")]
    [InlineData("poll: { adaptive: { budget: 2 }, first: 5s }", "it excludes the intervals")]
    public void What_is_no_policy_is_an_error(string poll, string problem)
    {
        Assert.Contains(problem, Assert.Single(Problems(poll)).ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Diagnostic> Problems(string poll) =>
        Given.Diagnostics($"name: t\nservice: {{ url: emulator, name: echo }}\n{poll}\n");
}

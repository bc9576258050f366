using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Tests.Scenarios.Reading;

public sealed class ConcurrencyReaderTests
{
    [Theory]
    [InlineData("3", 3, false)]
    [InlineData("auto", 32, true)]
    [InlineData("{ auto: { most: 64 } }", 64, true)]
    [InlineData("{ auto: {} }", 32, true)]
    public void The_number_of_tasks_is_given_or_found(string concurrency, int most, bool isFound)
    {
        var limits = Given.Sketch($"limits: {{ concurrency: {concurrency} }}").Plan.Limits;

        Assert.Equal((most, isFound), (limits.MaxUnfinishedTasks, limits.FindsConcurrency));
    }

    [Theory]
    [InlineData("aut", "\"aut\" is neither a whole number of 1 or more nor auto; did you mean \"auto\"?")]
    [InlineData("0", "is neither a whole number of 1 or more nor auto")]
    [InlineData("2.5", "is neither a whole number of 1 or more nor auto")]
    [InlineData("-1", "is neither a whole number of 1 or more nor auto")]
    [InlineData("true", "is neither a whole number of 1 or more nor auto")]
    [InlineData("[4]", "is neither a whole number of 1 or more nor auto nor { auto: { most: 64 } }")]
    [InlineData("{}", "limits.concurrency.auto is missing: write a number, auto, or { auto: { most: 64 } }")]
    [InlineData("{ most: 64 }", "limits.concurrency.most is not a key of a scenario")]
    [InlineData("{ auto: 5 }", "limits.concurrency.auto")]
    [InlineData("{ auto: { mots: 5 } }", "limits.concurrency.auto.mots is not a key of a scenario")]
    [InlineData("{ auto: { most: 0 } }", "limits.concurrency.auto.most")]
    [InlineData("{ auto: { most: many } }", "limits.concurrency.auto.most")]
    public void What_is_no_number_of_tasks_is_an_error(string concurrency, string problem)
    {
        Assert.Contains(Problems(concurrency), found => found.ToString().Contains(problem, StringComparison.Ordinal));
    }

    private static IReadOnlyList<Diagnostic> Problems(string concurrency) =>
        Given.Diagnostics(
            $"name: t\nservice: {{ url: emulator, name: echo }}\nlimits: {{ concurrency: {concurrency} }}\n"
        );
}

namespace AimmsOrchestrator.Tests.Scenarios.Values;

public sealed class RangeTests
{
    [Theory]
    [InlineData("{ from: 0, to: 1, step: 0.1 }", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1")]
    [InlineData("{ from: 70, to: 110, step: 10 }", "70 80 90 100 110")]
    [InlineData("{ from: 0, to: 10, step: 4 }", "0 4 8")]
    [InlineData("{ from: 3, to: 1, step: -1 }", "3 2 1")]
    [InlineData("{ from: 0, until: 3, step: 1 }", "0 1 2")]
    [InlineData("{ from: 0, until: 2.5, step: 1 }", "0 1 2")]
    [InlineData("{ from: 0, to: 1, count: 5 }", "0 0.25 0.5 0.75 1")]
    [InlineData("{ from: 0, to: 1, count: 4 }", "0 0.3333333333333333 0.6666666666666666 1")]
    [InlineData("{ from: 1, to: 1000, count: 4, scale: log }", "1 10 100 1000")]
    [InlineData("{ from: 0.01, to: 1, count: 3, scale: log }", "0.01 0.1 1")]
    [InlineData("{ from: 5, to: 5, step: 1 }", "5")]
    [InlineData("[1, 1.0, 1e3, '2', true, null, [1, 2], { a: 1 }]", """1 1.0 1e3 "2" true null [1,2] {"a":1}""")]
    [InlineData("[on, no, 1:30, ~, 0x1F, 0o17, +5, .5, 007]", "\"on\" \"no\" \"1:30\" null 31 15 5 0.5 7")]
    [InlineData("lean", "\"lean\"")]
    public void Values_are_what_they_say(string written, string expected)
    {
        var scenario = Given.Sketch($"sweep: {{ matrix: {{ x: {written} }} }}");

        var values = scenario.Runs().Select(run => run.Parameters.Parameters[0].Value.GetRawText());
        Assert.Equal(expected, string.Join(' ', values));
    }
}

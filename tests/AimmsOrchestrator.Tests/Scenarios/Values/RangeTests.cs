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
    [InlineData("{ from: 0.001, to: 1000, count: 7, scale: log }", "0.001 0.01 0.1 1 10 100 1000")]
    [InlineData("{ from: 1, to: 1e6, count: 7, scale: log }", "1 10 100 1000 10000 100000 1e6")]
    [InlineData("{ from: 1e-6, to: 1, count: 7, scale: log }", "1e-6 0.00001 0.0001 0.001 0.01 0.1 1")]
    [InlineData("{ from: 1e-5, to: 1e5, count: 11, scale: log }", "1e-5 0.0001 0.001 0.01 0.1 1 10 100 1000 10000 1e5")]
    [InlineData("{ from: 1e-2, to: 1e4, count: 7, scale: log }", "1e-2 0.1 1 10 100 1000 1e4")]
    [InlineData("{ from: 1e5, to: 1e-5, count: 3, scale: log }", "1e5 1 1e-5")]
    [InlineData("{ from: 3, to: 3072, count: 11, scale: log }", "3 6 12 24 48 96 192 384 768 1536 3072")]
    [InlineData("{ from: 1, to: 1.61051, count: 6, scale: log }", "1 1.1 1.21 1.331 1.4641 1.61051")]
    [InlineData("{ from: -0.001, to: -1000, count: 7, scale: log }", "-0.001 -0.01 -0.1 -1 -10 -100 -1000")]
    [InlineData("{ from: 1e-300, to: 1e300, count: 5, scale: log }", "1e-300 1e-150 1 1e+150 1e300")]
    [InlineData("{ from: 1, to: 10, count: 3, scale: log }", "1 3.16227766016838 10")]
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

    [Fact]
    public void A_value_of_a_logarithmic_range_is_found_by_its_round_number()
    {
        var scenario = Given.Sketch(
            "sweep: { matrix: { x: { from: 0.001, to: 1000, count: 7, scale: log }, exclude: [{ x: 10 }, { x: 0.1 }] } }"
        );

        Assert.Equal(["x=0.001", "x=0.01", "x=1", "x=100", "x=1000"], scenario.Names());
    }

    [Theory]
    [InlineData("x: { from: 1e-30, to: 3e-30, step: 1e-30 }", "x.from: \"1e-30\" is beyond what a range counts with")]
    [InlineData("x: [0, 1e-400]", "x: 1e-400 is beyond the range of numbers")]
    [InlineData("x: { from: 0, to: 1, step: 1e-29 }", "x.step: \"1e-29\" is beyond what a range counts with")]
    [InlineData("x: { from: 1.00000000000000000000000000001, to: 2, count: 3 }", "x.from: \"1.0000")]
    [InlineData(
        "x: { from: 100000000000000000, to: 100000000000000001, step: 1e-15 }",
        "x.step: from 100000000000000000 in steps of 0.000000000000001 is beyond"
    )]
    public void Numbers_beyond_decimal_arithmetic_are_an_error(string parameter, string expected)
    {
        var diagnostics = Given.Diagnostics(
            $"name: t\nservice: {{ url: emulator, name: e }}\nsweep: {{ matrix: {{ {parameter} }} }}"
        );

        Assert.Contains(diagnostics, d => d.Message.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1e-30", "the base's value, 1e-30, has more than 28 digits, or 20 before the point")]
    [InlineData("1e-28", "-50 % of 1e-28 has more than 28 digits")]
    [InlineData("1e27", "the base's value, 1e27, has more than 28 digits, or 20 before the point")]
    public void A_percentage_of_a_number_beyond_decimal_arithmetic_is_an_error(string basis, string expected)
    {
        var diagnostics = Given.Diagnostics(
            $"name: t\nservice: {{ url: emulator, name: e }}\nsweep: {{ oat: {{ base: {{ x: {basis} }}, vary: {{ x: {{ percent: [-50] }} }} }} }}"
        );

        Assert.EndsWith(expected, Assert.Single(diagnostics).Message, StringComparison.Ordinal);
    }
}

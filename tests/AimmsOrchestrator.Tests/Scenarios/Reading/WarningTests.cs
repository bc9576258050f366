namespace AimmsOrchestrator.Tests.Scenarios.Reading;

/// <summary>Warnings about scenarios that can run.</summary>
public sealed class WarningTests
{
    [Theory]
    [InlineData("sample: { method: sobol, count: 100, over: { x: { uniform: [0, 1] } } }", "64 or 128 would")]
    [InlineData("sample: { method: lhs, count: 19, over: { x: { uniform: [0, 1] }, y: 1 } }", "ten per parameter, 20")]
    [InlineData("matrix: { x: { from: 0, to: 1, step: 0.3 } }", "no step lands on 1: the last value is 0.9")]
    [InlineData("matrix: { x: { from: 1, to: 0, step: -0.3 } }", "no step lands on 0: the last value is 0.1")]
    [InlineData("matrix: { x: [9007199254740993, 1] }", "9007199254740993 has more digits than a number keeps")]
    [InlineData("matrix: { x: [1, 2], unused: [1, 2] }", "no request uses unused")]
    [InlineData("matrix: { x: [1, 2] }, repeat: { times: 2 }", "no request uses replicate")]
    public void A_doubtful_design_gives_a_warning(string sweep, string words)
    {
        var scenario = Given.Sketch($"sweep: {{ {sweep} }}\nrequest: {{ json: \"${{{{ x }}}}\" }}");

        Assert.Contains(words, Assert.Single(scenario.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sample: { method: sobol, count: 128, over: { x: { uniform: [0, 1] } } }")]
    [InlineData("sample: { method: lhs, count: 20, over: { x: { uniform: [0, 1] }, y: 1 } }")]
    [InlineData("matrix: { x: { from: 0, to: 1, step: 0.1 } }")]
    [InlineData("matrix: { x: { from: 0, until: 1, step: 0.3 } }")]
    [InlineData("matrix: { constant: [1], y: [1, 2] }, let: { x: y + 1 }")]
    [InlineData(
        "matrix: { y: [1, 2] }, repeat: { times: 2, as: r }, let: { x: y }, concat: [ { runs: [{ z: 1 }] } ]",
        "r"
    )]
    public void A_sound_design_gives_none(string sweep, string body = "x")
    {
        var scenario = Given.Sketch(
            $"sweep: {{ {sweep} }}\nrequest: {{ json: {{ a: \"${{{{ x }}}}\", b: \"${{{{ {body} }}}}\" }} }}"
        );

        Assert.Empty(scenario.Warnings);
    }

    [Fact]
    public void Keys_that_this_version_only_checks_give_a_warning()
    {
        var scenario = Given.Sketch(
            """
            poll: adaptive
            timeouts: { queue: 2h, solve: 10m, run: 3x median }
            stop: { at: "06:00 Europe/Amsterdam", failures: 5%, when: results.length > 3 }
            window: 19:00-07:00
            responses: failed
            cleanup: delete
            retry: { attempts: 5, if: error.includes('licence') && attempt < 3 }
            """
        );

        Assert.Empty(scenario.Warnings);
    }

    [Fact]
    public void A_tables_columns_keep_their_headers_as_names()
    {
        var scenario = Given.Sketch(
            "sweep: { table: { file: t.csv } }\nrequest: { json: \"${{ Demand (t) }}\" }",
            ("t.csv", "city,Demand (t)\nDenver,5\nTopeka,7\n")
        );

        Assert.Equal(["5", "7"], scenario.Runs().Select(run => run.Body()));
        Assert.Empty(scenario.Warnings);
    }
}

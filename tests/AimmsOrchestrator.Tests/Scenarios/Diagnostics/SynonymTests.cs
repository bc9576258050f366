using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Scenarios.Diagnostics;

/// <summary>Words and notations of other programs lead to those of this one.</summary>
public sealed class SynonymTests
{
    private const string Service = "service: { url: emulator, name: echo }\n";

    [Theory]
    [InlineData("sweep: { sample: { count: 3, over: { x: { gaussian: [0, 1] } } } }", "did you mean \"normal\"?")]
    [InlineData("sweep: { sample: { n: 3, over: { x: { uniform: [0, 1] } } } }", "did you mean \"count\"?")]
    [InlineData("sweep: { sample: { method: latin-hypercube, count: 9, over: { x: 1 } } }", "did you mean \"lhs\"?")]
    [InlineData("sweep: { grid: { x: [1, 2] } }", "did you mean \"matrix\"?")]
    [InlineData("strategy: { matrix: { x: [1, 2] } }", "did you mean \"sweep\"?")]
    [InlineData(
        "sweep: { matrix: { x: { min: 1, max: 2 } } }",
        "x.min is not a key of a scenario; did you mean \"from\"?"
    )]
    [InlineData(
        "sweep: { matrix: { x: { min: 1, max: 2 } } }",
        "x.max is not a key of a scenario; did you mean \"to\"?"
    )]
    [InlineData("limits: { workers: 4 }", "did you mean \"concurrency\"?")]
    [InlineData("timeout: 5m", "did you mean \"timeouts\"?")]
    [InlineData(
        "sweep: { matrix: { x: 70..110 } }",
        "\"70..110\" is a text here; a range is { from: 70, to: 110, step: 1 }"
    )]
    [InlineData("sweep: { matrix: { x: [0.5...2] } }", "a range is { from: 0.5, to: 2, step: 1 }")]
    [InlineData("sweep: { matrix: { x: \"range(70,110)\" } }", "a range is { from: 70, until: 110, step: 1 }")]
    [InlineData("sweep: { zip: { x: \"np.linspace(0, 1, 11)\" } }", "a range is { from: 0, to: 1, count: 11 }")]
    [InlineData(
        "sweep: { sample: { count: 3, over: { x: \"Normal(1, 0.05)\" } } }",
        "a distribution is { normal: [1, 0.05] }"
    )]
    [InlineData("sweep: { sample: { count: 3, over: { x: \"U(0, 1)\" } } }", "a distribution is { uniform: [0, 1] }")]
    public void A_scenario_with_one_gets_the_word_that_is_meant(string yaml, string expected)
    {
        var lines = Given.Diagnostics(Service + yaml);

        Assert.Contains(expected, string.Join('\n', lines), StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(2, line.Line));
    }

    [Theory]
    [InlineData("lean..rich")]
    [InlineData("range")]
    [InlineData("f(x)")]
    public void A_text_that_only_resembles_one_is_a_text(string text) =>
        Assert.Equal(
            [$"{{\"x\":\"{text}\"}}"],
            Given
                .Sketch($"sweep: {{ matrix: {{ x: \"{text}\" }} }}\nrequest: {{ json: \"${{{{ x }}}}\" }}")
                .Parameters()
        );

    [Theory]
    [InlineData("compare", new[] { "diff", "list" }, "diff")]
    [InlineData("watch", new[] { "list", "status" }, "status --watch")]
    [InlineData("delete", new[] { "rm", "cancel" }, "rm")]
    [InlineData("delete", new[] { "cancel", "list" }, "cancel")]
    [InlineData("ls", new[] { "list" }, "list")]
    [InlineData("ls", new[] { "plan" }, null)]
    [InlineData("stop", new[] { "from", "to" }, "to")]
    [InlineData("stop", new[] { "cancel", "list" }, "cancel")]
    [InlineData("lits", new[] { "list" }, "list")]
    public void Among_the_words_that_are_possible_one_is_meant(string word, string[] possible, string? meant) =>
        Assert.Equal(meant, DidYouMean.Among(word, possible));

    [Fact]
    public void A_missing_file_is_named_with_the_nearest_one_in_its_folder()
    {
        using var folder = new TemporaryFolder();
        folder.Write("transport.yaml", "");
        folder.Write("transport.json", "{}");
        var scenario = folder.Write("s.yaml", Service + "request: { file: transprot.json }");

        Assert.Contains(
            "did you mean",
            NearFile.Hint(Path.Combine(folder.Path, "trnsport.yaml")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "transport.yaml",
            NearFile.Hint(Path.Combine(folder.Path, "trnsport.yaml"), ".yaml"),
            StringComparison.Ordinal
        );
        Assert.Contains("either", NearFile.Hint(Path.Combine(folder.Path, "none", "x.yaml")), StringComparison.Ordinal);
        Assert.Empty(NearFile.Hint(Path.Combine(folder.Path, "zzzzzzzz.yaml")));
        var problem = Assert.Single(new ScenarioLoader(_ => null).Load(scenario, ScenarioOverrides.None).Diagnostics);
        Assert.Contains("transport.json\"?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_labels_the_rows_of_a_table_is_no_warning_and_a_table_of_labels_is_one()
    {
        const string Cases = "who,demand\nAdam,1\nBerta,2\n";
        const string Sweep = "sweep: { table: { file: cases.csv } }\n";

        Assert.Empty(Given.Sketch($"{Sweep}request: {{ json: \"${{{{ demand }}}}\" }}", ("cases.csv", Cases)).Warnings);
        Assert.NotEmpty(Given.Sketch($"{Sweep}request: {{ json: 1 }}", ("cases.csv", Cases)).Warnings);
    }
}

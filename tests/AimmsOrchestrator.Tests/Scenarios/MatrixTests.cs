namespace AimmsOrchestrator.Tests.Scenarios;

public sealed class MatrixTests
{
    [Fact]
    public void A_matrix_is_the_product_in_the_order_written_and_its_last_parameter_varies_fastest()
    {
        var scenario = Given.Sketch("sweep: { matrix: { version: [10, 12, 14], os: [ubuntu, windows] } }");

        Assert.Equal(
            [
                """{"version":10,"os":"ubuntu"}""",
                """{"version":10,"os":"windows"}""",
                """{"version":12,"os":"ubuntu"}""",
                """{"version":12,"os":"windows"}""",
                """{"version":14,"os":"ubuntu"}""",
                """{"version":14,"os":"windows"}""",
            ],
            scenario.Parameters()
        );
        Assert.Equal("version=12 os=windows", scenario.Runs()[3].Name);
    }

    /// <summary>The worked example of "Expanding or adding matrix configurations" in GitHub's documentation.</summary>
    [Fact]
    public void Includes_expand_and_add_as_github_documents_it()
    {
        var scenario = Given.Sketch(
            """
            sweep:
              matrix:
                fruit: [apple, pear]
                animal: [cat, dog]
                include:
                  - color: green
                  - color: pink
                    animal: cat
                  - fruit: apple
                    shape: circle
                  - fruit: banana
                  - fruit: banana
                    animal: cat
            """
        );

        Assert.Equal(
            [
                """{"fruit":"apple","animal":"cat","color":"pink","shape":"circle"}""",
                """{"fruit":"apple","animal":"dog","color":"green","shape":"circle"}""",
                """{"fruit":"pear","animal":"cat","color":"pink"}""",
                """{"fruit":"pear","animal":"dog","color":"green"}""",
                """{"fruit":"banana"}""",
                """{"fruit":"banana","animal":"cat"}""",
            ],
            scenario.Parameters()
        );
    }

    /// <summary>The example of "Excluding matrix configurations" in GitHub's documentation: nine of twelve jobs remain.</summary>
    [Fact]
    public void Excludes_take_away_every_combination_they_match_in_part()
    {
        var scenario = Given.Sketch(
            """
            sweep:
              matrix:
                os: [macos-latest, windows-latest]
                version: [12, 14, 16]
                environment: [staging, production]
                exclude:
                  - os: macos-latest
                    version: 12
                    environment: production
                  - os: windows-latest
                    version: 16
            """
        );

        var runs = scenario.Parameters();
        Assert.Equal(9, runs.Count);
        Assert.Equal(9, scenario.Plan.Runs.Count);
        Assert.DoesNotContain("""{"os":"macos-latest","version":12,"environment":"production"}""", runs);
        Assert.DoesNotContain(
            runs,
            run => run.Contains("windows", StringComparison.Ordinal) && run.Contains("16", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_include_brings_back_what_an_exclude_took_away()
    {
        var scenario = Given.Sketch(
            "sweep: { matrix: { a: [1, 2], b: [1, 2], exclude: [{ a: 1 }], include: [{ a: 1, b: 2 }] } }"
        );

        Assert.Equal(["""{"a":2,"b":1}""", """{"a":2,"b":2}""", """{"a":1,"b":2}"""], scenario.Parameters());
    }

    [Fact]
    public void A_matrix_of_includes_alone_makes_one_run_of_each()
    {
        var scenario = Given.Sketch("sweep: { matrix: { include: [{ site: a, x: 1 }, { site: b }] } }");

        Assert.Equal(["""{"site":"a","x":1}""", """{"site":"b"}"""], scenario.Parameters());
    }

    [Fact]
    public void Ten_million_runs_are_counted_and_entered_anywhere_at_once()
    {
        var scenario = Given.Sketch(
            """
            sweep:
              matrix:
                a: { from: 1, to: 10000000, step: 1 }
                b: [x, y]
                exclude:
                  - { a: 5, b: x }
                  - { a: 7 }
            """
        );

        Assert.Equal(19_999_997, scenario.Plan.Runs.Count);
        var last = scenario.Plan.Runs.From(19_999_996).Single();
        Assert.Equal("""{"a":10000000,"b":"y"}""", last.Parameters.ToJson());
        Assert.Equal("""{"a":5,"b":"y"}""", scenario.Plan.Runs.From(8).First().Parameters.ToJson());
        Assert.Equal("""{"a":8,"b":"x"}""", scenario.Plan.Runs.From(11).First().Parameters.ToJson());
    }
}

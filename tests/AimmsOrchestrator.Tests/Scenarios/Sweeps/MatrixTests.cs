using CsCheck;

namespace AimmsOrchestrator.Tests.Scenarios.Sweeps;

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

    /// <summary>"Example: Expanding configurations" in GitHub's documentation: npm is there for one of four jobs.</summary>
    [Fact]
    public void An_include_that_matches_one_combination_adds_to_that_one()
    {
        var scenario = Given.Sketch(
            """
            sweep:
              matrix:
                os: [windows-latest, ubuntu-latest]
                node: [14, 16]
                include:
                  - os: windows-latest
                    node: 16
                    npm: 6
            """
        );

        Assert.Equal(
            [
                """{"os":"windows-latest","node":14}""",
                """{"os":"windows-latest","node":16,"npm":6}""",
                """{"os":"ubuntu-latest","node":14}""",
                """{"os":"ubuntu-latest","node":16}""",
            ],
            scenario.Parameters()
        );
    }

    /// <summary>"Example: Adding configurations" in GitHub's documentation: ten jobs, the tenth from the include.</summary>
    [Fact]
    public void An_include_that_matches_none_makes_a_job_of_its_own_at_the_end()
    {
        var scenario = Given.Sketch(
            """
            sweep:
              matrix:
                os: [macos-latest, windows-latest, ubuntu-latest]
                version: [12, 14, 16]
                include:
                  - os: windows-latest
                    version: 17
            """
        );

        Assert.Equal(10, scenario.Plan.Runs.Count);
        Assert.Equal("""{"os":"windows-latest","version":17}""", scenario.Parameters()[9]);
    }

    /// <summary>
    /// GitHub's algorithm as its documentation words it, the slow way: every combination in turn, less those
    /// that an exclude matches; then each include is added to every combination whose original values it leaves alone, and
    /// becomes a combination of its own where there is none.
    /// </summary>
    [Fact]
    public void Any_matrix_expands_as_the_documented_algorithm_carried_out_by_hand()
    {
        var value = Gen.Int[0, 3];
        var entry = Gen.Select(value, value, value, Gen.Int[1, 15], (a, b, c, which) => Entry(a, b, c, which));
        Gen.Select(value.List[1, 4], value.List[1, 3], entry.Array[0, 4], entry.Array[0, 4])
            .Sample(
                (a, b, excluded, included) =>
                {
                    (a, b) = ([.. a.Distinct()], [.. b.Distinct()]);
                    foreach (var exclude in excluded)
                    {
                        exclude.Remove("c");
                    }

                    var expected = ByHand(a, b, [.. excluded.Where(e => e.Count > 0)], included);
                    var runs = Given.Load(
                        $$"""
                        service: { url: emulator, name: echo }
                        sweep: { matrix: { a: [{{string.Join(", ", a)}}], b: [{{string.Join(
                            ", ",
                            b
                        )}}], exclude: [{{Written(excluded)}}], include: [{{Written(included)}}] } }
                        """,
                        AimmsOrchestrator.Scenarios.ScenarioOverrides.None
                    );

                    Assert.Equal(expected.Count > 0, runs.IsSound);
                    Assert.Equal(expected, runs.Scenario?.Parameters() ?? []);
                },
                iter: 2000
            );
    }

    private static SortedDictionary<string, int> Entry(int a, int b, int c, int which)
    {
        var entry = new SortedDictionary<string, int>(StringComparer.Ordinal);
        (string Name, int Value)[] all = [("a", a), ("b", b), ("c", c)];
        for (var i = 0; i < all.Length; i++)
        {
            if (((which >> i) & 1) == 1)
            {
                entry[all[i].Name] = all[i].Value;
            }
        }

        return entry;
    }

    private static string Written(IEnumerable<SortedDictionary<string, int>> entries) =>
        string.Join(
            ", ",
            entries
                .Where(entry => entry.Count > 0)
                .Select(entry => $"{{ {string.Join(", ", entry.Select(pair => $"{pair.Key}: {pair.Value}"))} }}")
        );

    private static List<string> ByHand(
        List<int> a,
        List<int> b,
        List<SortedDictionary<string, int>> excluded,
        SortedDictionary<string, int>[] included
    )
    {
        var jobs = new List<(Dictionary<string, int> Original, SortedDictionary<string, int> Now)>();
        foreach (var (x, y) in a.SelectMany(x => b.Select(y => (x, y))))
        {
            var job = new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = x, ["b"] = y };
            if (!excluded.Exists(exclude => exclude.All(pair => job[pair.Key] == pair.Value)))
            {
                jobs.Add((job, new SortedDictionary<string, int>(job, StringComparer.Ordinal)));
            }
        }

        var combinations = jobs.Count;
        foreach (var include in included.Where(include => include.Count > 0))
        {
            var fits = jobs.Take(combinations)
                .Where(job =>
                    include.All(pair => !job.Original.TryGetValue(pair.Key, out var own) || own == pair.Value)
                )
                .ToList();
            foreach (var job in fits)
            {
                foreach (var (name, value) in include)
                {
                    job.Now[name] = value;
                }
            }

            if (fits.Count == 0)
            {
                jobs.Add(([], include));
            }
        }

        return
        [
            .. jobs.Select(job => $"{{{string.Join(",", job.Now.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}"),
        ];
    }

    /// <summary>The example of "Excluding matrix configurations" in GitHub's documentation: nine of twelve jobs remain.</summary>
    [Fact]
    public void Excludes_remove_every_combination_they_match_in_part()
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
    public void An_include_brings_back_what_an_exclude_removed()
    {
        var scenario = Given.Sketch(
            "sweep: { matrix: { a: [1, 2], b: [1, 2], exclude: [{ a: 1 }], include: [{ a: 1, b: 2 }] } }"
        );

        Assert.Equal(["""{"a":2,"b":1}""", """{"a":2,"b":2}""", """{"a":1,"b":2}"""], scenario.Parameters());
    }

    [Fact]
    public void A_matrix_of_includes_alone_makes_one_run_per_include()
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

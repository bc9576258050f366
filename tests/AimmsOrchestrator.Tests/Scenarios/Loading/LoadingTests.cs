using System.Text;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Diagnostics;
using CsCheck;

namespace AimmsOrchestrator.Tests.Scenarios.Loading;

public sealed class LoadingTests
{
    private static readonly string[] Members =
    [
        "a: 1",
        "b: \"${{ x }}\"",
        "c: { d: 2, e: [1.0, z] }",
        "\"é\": null",
        "Z: true",
    ];

    private const string Sweep = """
        name: t
        service: { url: emulator, name: transport }
        sweep:
          matrix:
            freight: { from: 70, to: 110, step: 10 }
            growth: [0.9, 1.0]
        request: { json: { f: "${{ freight }}", g: "${{ growth }}" } }
        """;

    [Fact]
    public void A_diagnostic_reads_file_line_column_message() =>
        Assert.Equal(
            "scenario.yaml:3:1: what is wrong",
            new Diagnostic("scenario.yaml", 3, 1, "what is wrong").ToString()
        );

    [Theory]
    [InlineData("{\n  \"a\": \"\\ud83d\"}", "body.json:2:8: ")]
    [InlineData("{\n  \"\\ud83d\": 1}", "body.json:2:3: ")]
    public void Half_of_a_surrogate_pair_in_a_request_is_an_error_at_its_location(string body, string location)
    {
        var diagnostics = Given.Diagnostics(
            "name: t\nservice: { url: emulator, name: echo }\nrequest: { file: body.json }",
            ("body.json", body)
        );

        Assert.StartsWith(
            location + "this is not JSON: a text has half of a surrogate pair",
            Assert.Single(diagnostics).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_missing_file_is_an_error()
    {
        var diagnostics = Given.Loader().Load("no/such.yaml", ScenarioOverrides.None).Diagnostics;

        Assert.Equal(
            ["no/such.yaml: there is no such file; there is no folder \"no\" either"],
            diagnostics.Select(diagnostic => diagnostic.ToString())
        );
    }

    [Fact]
    public void Omitted_settings_have_their_defaults_and_the_file_gives_the_name()
    {
        var scenario = Given.Scenario("service: { url: emulator, name: x }");

        Assert.Equal("scenario", scenario.Name);
        Assert.True(scenario.UsesEmulator);
        Assert.Equal((32, true), (scenario.Plan.Limits.MaxUnfinishedTasks, scenario.Plan.Limits.FindsConcurrency));
        Assert.Equal(1, scenario.Plan.Limits.MaxUnconfirmedSubmits);
        Assert.True(scenario.Plan.Poll.IsAdaptive);
        Assert.Equal(3, scenario.Plan.Retry.MaximumAttempts);
        Assert.Equal(ServiceHost.Localhost, scenario.Host);
        Assert.Equal(ApiVersion.V2, scenario.Api);
    }

    [Fact]
    public void Written_settings_are_used()
    {
        var plan = Given
            .Sketch(
                """
                seed: 20261123
                limits: { concurrency: 3, submits: 30/min, requests: 20/s, unconfirmed: 2 }
                poll: { first: 500ms, factor: 2, max: PT1M30S }
                retry: { attempts: 5, first: 1s, max: 1d }
                """
            )
            .Plan;

        Assert.Equal(3, plan.Limits.MaxUnfinishedTasks);
        Assert.Equal(2, plan.Limits.MaxUnconfirmedSubmits);
        Assert.Equal(new(30, TimeSpan.FromMinutes(1)), plan.Limits.Submits);
        Assert.Equal(new(20, TimeSpan.FromSeconds(1)), plan.Limits.Requests);
        Assert.Equal(new(TimeSpan.FromMilliseconds(500), 2, TimeSpan.FromSeconds(90)), plan.Poll);
        Assert.Equal(new(5, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), plan.Retry);
    }

    [Fact]
    public void Set_replaces_a_parameters_values()
    {
        var scenario = Given
            .Load(Sweep, new ScenarioOverrides { Set = ["growth=[1.1, 1.2, 1.3]", "freight=80"] })
            .Scenario!;

        Assert.Equal(["growth=1.1", "growth=1.2", "growth=1.3"], scenario.Names());
        Assert.Equal("""{"freight":80,"growth":1.2}""", scenario.Parameters()[1]);
    }

    [Theory]
    [InlineData(
        "grwth=1",
        "--set: the sweep has no parameter \"grwth\"; did you mean \"growth\"? (it has freight, growth)"
    )]
    [InlineData("growth", "--set: \"growth\" is not NAME=VALUE, as in growth=1.1 or growth=[1.0, 1.1]")]
    [InlineData(
        "growth=B\uFFFD",
        "--set: growth: a character of the value is not in UTF-8, the encoding of command lines"
    )]
    [InlineData("growth={ from: 1, to: 2 }", "--set: growth: a range is { from, to, step }")]
    public void A_wrong_assignment_is_an_error_at_the_option(string assignment, string expected)
    {
        var diagnostics = Given.Load(Sweep, new ScenarioOverrides { Set = [assignment] }).Diagnostics;

        Assert.StartsWith(expected, Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_takes_the_first_runs()
    {
        var scenario = Given.Load(Sweep, new ScenarioOverrides { Limit = 3 }).Scenario!;

        Assert.Equal(3, scenario.Plan.Runs.Count);
        Assert.Equal(["freight=70 growth=0.9", "freight=70 growth=1.0", "freight=80 growth=0.9"], scenario.Names());
    }

    [Fact]
    public void Another_url_gives_another_key()
    {
        var scenario = Given.Load(Sweep, new ScenarioOverrides { Url = "http://localhost:9999" }).Scenario!;

        Assert.False(scenario.UsesEmulator);
        Assert.Equal(new Uri("http://localhost:9999"), scenario.EndpointAt().Address);
        Assert.NotEqual(Given.Scenario(Sweep).Runs()[0].Key, scenario.Runs()[0].Key);
    }

    [Fact]
    public void The_fingerprint_follows_the_text_the_files_and_the_overrides_and_not_the_key()
    {
        const string Yaml = """
            name: t
            service: { url: "https://acme.aimms.cloud", app: A, name: s, apiKey: "${{ env.KEY }}" }
            request: { file: a.json }
            """;
        string Of(string yaml, string file, string key, ScenarioOverrides overrides) =>
            Given
                .Loader(("KEY", key))
                .LoadStored(
                    Given.File,
                    yaml,
                    new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
                    {
                        ["a.json"] = Encoding.UTF8.GetBytes(file),
                    },
                    overrides
                )
                .Scenario!.Fingerprint;

        var first = Of(Yaml, "{}", "one", ScenarioOverrides.None);
        Assert.Equal(first, Of(Yaml, "{}", "two", ScenarioOverrides.None));
        Assert.NotEqual(first, Of(Yaml + " ", "{}", "one", ScenarioOverrides.None));
        Assert.NotEqual(first, Of(Yaml, "{ }", "one", ScenarioOverrides.None));
        Assert.NotEqual(first, Of(Yaml, "{}", "one", new ScenarioOverrides { Limit = 1 }));
    }

    [Fact]
    public void A_stored_scenario_loads_to_the_same_runs()
    {
        var scenario = Given.Scenario(
            "name: t\nservice: { url: emulator, name: s }\nrequest: { file: a.json }",
            ("a.json", "{\"x\":1}")
        );

        var again = Given
            .Loader()
            .LoadStored("gone.yaml", scenario.Source, scenario.Attachments, ScenarioOverrides.None);

        Assert.Equal(scenario.Runs()[0].Key, again.Scenario!.Runs()[0].Key);
        Assert.Equal(scenario.Fingerprint, again.Scenario!.Fingerprint);
    }

    [Fact]
    public void Aliases_and_merges_are_written_out()
    {
        var run = Given.Sketch("request: { json: { a: &x { p: 1, q: 2 }, b: { <<: *x, q: 3 }, c: *x } }").Runs()[0];

        Assert.Equal("""{"a":{"p":1,"q":2},"b":{"q":3,"p":1},"c":{"p":1,"q":2}}""", run.Body());
    }

    [Fact]
    public void Nested_aliases_do_not_exhaust_the_memory()
    {
        var yaml = new StringBuilder(
            "name: t\nservice: { url: emulator, name: s }\nrequest:\n  json:\n    a0: &a0 [x, x]\n"
        );
        for (var i = 1; i < 40; i++)
        {
            yaml.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"    a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n"
            );
        }

        Assert.Contains(
            "with every alias expanded",
            Given.Diagnostics(yaml.ToString())[0].Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_runs_name_is_given_or_built_from_what_varies()
    {
        var scenario = Given.Sketch(
            "sweep: { runs: [{ name: lean, x: 1, y: 2 }, { x: 3, y: 2 }], matrix: { z: [a, b], w: [1] } }"
        );

        Assert.Equal(["lean z=a", "lean z=b", "x=3 z=a", "x=3 z=b"], scenario.Names());
    }

    [Fact]
    public void Size_is_what_walking_finds_and_any_run_can_be_entered() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 4].Array[0, 4], Gen.Int[0, 40])
            .Sample(
                (a, b, c, excluded, start) =>
                {
                    var excludes = string.Join(
                        ", ",
                        excluded.Select((x, i) => i % 2 == 0 ? $"{{ a: {x} }}" : $"{{ b: {x}, c: {i} }}")
                    );
                    var result = Given.Load(
                        $"name: t\nservice: {{ url: emulator, name: s }}\nsweep: {{ matrix: {{ a: {{ from: 1, to: {a}, step: 1 }}, "
                            + $"b: {{ from: 0, until: {b}, step: 1 }}, c: {{ from: 1, to: {c}, step: 1 }}, exclude: [{excludes}], include: [{{ a: 1, d: x }}, {{ a: 99 }}] }} }}",
                        ScenarioOverrides.None
                    );
                    var runs = result.Scenario!.Plan.Runs;
                    var all = runs.From(0).Select(run => run.Name + run.Parameters.ToJson()).ToList();
                    Assert.Equal(all.Count, runs.Count);
                    Assert.Equal(all.Distinct(StringComparer.Ordinal).Count(), all.Count);
                    Assert.Equal(all.Skip(start), runs.From(start).Select(run => run.Name + run.Parameters.ToJson()));
                },
                iter: 60
            );

    [Fact]
    public void Permuting_the_members_of_a_request_keeps_its_key() =>
        Gen.Shuffle(Members)
            .Sample(
                members =>
                {
                    var run = Given
                        .Sketch(
                            $"sweep: {{ matrix: {{ x: [5] }} }}\nrequest: {{ json: {{ {string.Join(", ", members)} }} }}"
                        )
                        .Runs()[0];
                    var first = Given
                        .Sketch(
                            "sweep: { matrix: { x: [5] } }\nrequest: { json: { Z: true, \"é\": null, c: { e: [1, z], d: 2 }, b: 5.0, a: 1 } }"
                        )
                        .Runs()[0];
                    Assert.Equal(first.Key, run.Key);
                },
                iter: 40
            );
}

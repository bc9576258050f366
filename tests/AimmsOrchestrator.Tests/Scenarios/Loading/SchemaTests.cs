using System.Text;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language.Pages;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Scenarios.Profiles;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;
using AimmsOrchestrator.Tests.Testing;
using NJsonSchema;

namespace AimmsOrchestrator.Tests.Scenarios.Loading;

/// <summary>The JSON Schema accepts and refuses the same as the loader.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void The_schema_in_the_repository_is_the_one_that_the_program_prints() =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(RepositoryFolder.Scenarios, "scenario.schema.json")),
            ScenarioSchema.Text
        );

    [Theory]
    [MemberData(nameof(ExampleTests.Files), MemberType = typeof(ExampleTests))]
    public async Task Every_example_fits_the_schema_and_names_it(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Scenarios, file));

        Assert.Empty(await ErrorsAsync(text));
        Assert.StartsWith("# yaml-language-server: $schema=scenario.schema.json\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ExampleTests.Blocks), MemberType = typeof(ExampleTests))]
    public async Task Every_example_of_the_reference_fits_the_schema(int line, string yaml)
    {
        var errors = await ErrorsAsync(yaml);

        Assert.True(errors.Count == 0, $"the block in line {line}: {string.Join('\n', errors)}");
    }

    public static TheoryData<string> Pages =>
        [.. KeyReference.All.Select(page => page.Example!).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_example_of_a_key_fits_the_schema_and_loads_without_a_warning(string yaml)
    {
        using var folder = new TemporaryFolder();
        folder.Write("customers.csv", "customer,demand,region\nAdam,12,north\nBerta,7,south\n");
        var profiles = folder.Write("services.yaml", "acme: { url: http://localhost:8080 }");
        var loader = new ScenarioLoader(name => name == "TEAM_HOOK" ? "https://team.example" : null)
        {
            NeedsKey = false,
            Profiles = new ServiceProfiles([profiles], _ => null),
        };

        var result = loader.Load(folder.Write("scenario.yaml", yaml), ScenarioOverrides.None);

        Assert.Empty(await ErrorsAsync(yaml));
        Assert.True(result.IsSound, string.Join('\n', result.Diagnostics));
        Assert.Empty(result.Scenario.Warnings);
        Assert.All(result.Scenario.Plan.Runs.From(0), run => Assert.Null(run.Defect));
    }

    [Theory]
    [InlineData("service: { url: emulator, name: echo }\nsweeep: {}")]
    [InlineData("name: no-service")]
    [InlineData("service: { url: emulator, name: echo }\nlimits: { concurrency: 0 }")]
    [InlineData("service: { url: emulator, name: echo }\nlimits: { submits: often }")]
    [InlineData("service: { url: emulator, name: echo }\nsweep: { matrix: { x: { form: 1, to: 2, step: 1 } } }")]
    [InlineData(
        "service: { url: emulator, name: echo }\nsweep: { sample: { count: 3, over: { x: { unifrom: [0, 1] } } } }"
    )]
    [InlineData("service: { url: emulator, name: echo }\nsweep: { concat: [ { matrix: { x: 1 }, orrder: spread } ] }")]
    [InlineData("service: { url: emulator, name: echo }\npoll: { every: often }")]
    [InlineData("service: { url: emulator, name: echo }\nretry: { first: 90 }")]
    [InlineData("service: { url: emulator, name: echo }\ntimeouts: { queue: soon }")]
    [InlineData("service: { url: emulator, name: echo }\ntimeouts: { grace: PT }")]
    [InlineData("service: { url: emulator, name: echo }\ntimeouts: { solve: 3x mean }")]
    [InlineData("service: { url: emulator, name: echo }\nlimits: { submits: 30 }")]
    [InlineData("service: { url: emulator, name: echo }\nlimits: { submits: 0/min }")]
    [InlineData("service: { url: emulator, name: echo }\nlimits: { requests: 5/month }")]
    [InlineData("service: { url: emulator, name: echo }\nlimits: { answer: 64 }")]
    [InlineData("service: { url: acme.aimms.cloud, name: echo }")]
    [InlineData("service: { url: \"http://localhost:8080?x=1\", name: echo }")]
    [InlineData("service: { url: https://acme.aimms.cloud, app: T, name: echo, apiKey: abcdef }")]
    [InlineData("service: { url: emulator }")]
    [InlineData("service: { use: acme, url: emulator, name: echo }")]
    [InlineData("service: { url: emulator, name: echo }\nsweep: { matrix: { x: { from: 1, to: 5, step: 0 } } }")]
    [InlineData(
        "service: { url: emulator, name: echo }\nsweep: { matrix: { x: { from: 1, to: 5, step: 1, count: 3 } } }"
    )]
    [InlineData("service: { url: emulator, name: echo }\nsweep: { matrix: { x: { from: 1, step: 1 } } }")]
    [InlineData("service: { url: emulator, name: echo }\nsweep: { matrix: { x: 70..110 } }")]
    [InlineData(
        "service: { url: emulator, name: echo }\nsweep: { sample: { count: 3, over: { x: { gaussian: [0, 1] } } } }"
    )]
    [InlineData(
        "service: { url: emulator, name: echo }\nsweep: { sample: { count: 3, over: { x: { normal: [1] } } } }"
    )]
    [InlineData(
        "service: { url: emulator, name: echo }\nsweep: { sample: { count: 3, over: { x: { triangular: { from: 1, to: 2 } } } } }"
    )]
    [InlineData(
        "service: { url: emulator, name: echo }\nsweep: { sample: { count: 3, over: { x: \"normal(0, 1)\" } } }"
    )]
    [InlineData("service: { url: emulator, name: echo }\nsweep: { sample: { over: { x: { uniform: [0, 1] } } } }")]
    [InlineData(
        "service: { url: emulator, name: echo }\nsweep: { sample: { method: latin, count: 3, over: { x: { uniform: [0, 1] } } } }"
    )]
    [InlineData("service: { url: emulator, name: echo }\nsweep: { sample: { count: 3, over: { x: { choice: [] } } } }")]
    [InlineData("service: { url: emulator, name: echo }\npoll: { every: 5s, first: 1s }")]
    [InlineData("service: { url: emulator, name: echo }\npoll: { first: 1s, factor: 0.5 }")]
    [InlineData("service: { url: emulator, name: echo }\nstop: { at: noon }")]
    [InlineData("service: { url: emulator, name: echo }\nstop: { failures: some }")]
    [InlineData("service: { url: emulator, name: echo }\nwindow: 25:00-07:00")]
    [InlineData("name: a b/c\nservice: { url: emulator, name: echo }\n")]
    [InlineData("service: { url: emulator, name: echo }\nrequest: { file: a.json, json: {} }")]
    [InlineData(
        "service: { url: emulator, name: echo }\nresults: { a: response }\nexpect: { that: \"true\", bounded: { result: a, from: 1 } }"
    )]
    [InlineData("service: { url: emulator, name: echo }\nresults: { a: response }\nexpect: { bounded: { result: a } }")]
    [InlineData("service: { url: emulator, name: echo }\nnotify: { post: \"http://x\", run: [true] }")]
    [InlineData("service: { url: emulator, name: echo }\nsweep: { matrix: { x: [] } }")]
    public async Task The_schema_refuses_what_the_loader_refuses(string yaml)
    {
        Assert.NotEmpty(Given.Diagnostics(yaml));
        Assert.NotEmpty(await ErrorsAsync(yaml));
    }

    private static async Task<ICollection<NJsonSchema.Validation.ValidationError>> ErrorsAsync(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var root = YamlReader.Read("scenario.yaml", yaml, diagnostics);
        Assert.False(diagnostics.Any);
        var schema = await JsonSchema.FromJsonAsync(ScenarioSchema.Text);
        return schema.Validate(Encoding.UTF8.GetString(Value.Of(root!).Utf8));
    }
}

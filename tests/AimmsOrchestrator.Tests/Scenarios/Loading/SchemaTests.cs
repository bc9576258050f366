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
    public async Task The_schema_refuses_the_keys_that_the_loader_refuses(string yaml)
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

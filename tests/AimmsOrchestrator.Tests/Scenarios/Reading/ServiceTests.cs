using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Tests.Scenarios.Reading;

/// <summary>What the environment gives to <c>service</c> may be anything.</summary>
public sealed class ServiceTests
{
    private const string Cloud = """
        name: cloud
        service: { url: "https://acme.aimms.cloud", app: app, name: echo, apiKey: "${{ env.KEY }}" }
        request: { json: 1 }
        """;

    [Theory]
    [InlineData(" ", "scenario.yaml:2:75: service.apiKey: the environment's value is blank")]
    [InlineData("\n", "scenario.yaml:2:75: service.apiKey: the environment's value is blank")]
    [InlineData("a\nb", "scenario.yaml:2:75: service.apiKey: the environment's value is not a key")]
    public void A_key_that_is_none_is_an_error_at_its_place(string key, string expected) =>
        Assert.StartsWith(expected, Problem(Cloud, ("KEY", key)), StringComparison.Ordinal);

    [Theory]
    [InlineData("echo", " ", "it is empty")]
    [InlineData("echo", "ec\nho", "it has a control character, U+000A")]
    [InlineData("\"\\0echo\"", "", "it has a control character, U+0000")]
    public void A_part_of_the_address_is_a_word(string name, string variable, string expected)
    {
        var written = variable.Length == 0 ? name : "\"${{ env.NAME }}\"";
        var yaml = $"name: e\nservice: {{ url: emulator, name: {written} }}\nrequest: {{ json: 1 }}";

        var problem = Problem(yaml, ("NAME", variable));
        Assert.StartsWith("scenario.yaml:2:33: ", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_address_has_an_empty_part_is_not_sent()
    {
        var runs = Given
            .Scenario(
                """
                name: e
                service: { url: emulator, name: "${{ s }}" }
                sweep: { matrix: { s: [echo, "", "a\tb"] } }
                request: { json: 1 }
                """
            )
            .Runs();

        Assert.Equal([true, false, false], runs.Select(run => run.Request is not null));
    }

    [Fact]
    public void Space_round_an_address_is_no_part_of_it()
    {
        const string Text = "name: e\nservice: { url: \"${{ env.URL }}\", name: echo }\nrequest: { json: 1 }";
        Assert.Equal(KeyAt("http://localhost:8080"), KeyAt(" http://localhost:8080\n"));

        static string KeyAt(string url) =>
            Given
                .Loader(("URL", url))
                .LoadStored(Given.File, Text, None, ScenarioOverrides.None)
                .Scenario!.Plan.Runs.From(0)
                .First()
                .Key!.Value.ToString();
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> None => [];

    private static string Problem(string yaml, (string, string) variable) =>
        Assert
            .Single(Given.Loader(variable).LoadStored(Given.File, yaml, None, ScenarioOverrides.None).Diagnostics)
            .ToString();
}

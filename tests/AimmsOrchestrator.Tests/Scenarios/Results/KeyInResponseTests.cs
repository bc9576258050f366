using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Tests.Scenarios.Results;

/// <summary>Responses that hold the key of the service that they come from.</summary>
public sealed class KeyInResponseTests
{
    private const string Key = "q8fK+2Jd/7wXz0LrT5vYh1nMEo3uGpBsCa9iRtZkW4c=";

    [Theory]
    [InlineData("")]
    [InlineData("results: { echo: response.echo, n: response.n }")]
    [InlineData("results: { echo: response.echo.slice(0), n: response.n }")]
    public void No_result_shows_it_and_a_note_says_that_the_response_does(string results)
    {
        var read = CloudScenario(results).Results($$"""{"echo":"key {{Key}}!","n":1}""");

        Assert.Equal("""{"echo":"key ***!","n":1}""", read.ValuesJson);
        Assert.Equal(RunResults.KeyInResponse, read.Notes);
    }

    [Fact]
    public void A_part_of_it_is_no_result_either()
    {
        var read = CloudScenario("results: { f: \"response.echo.slice(0, 20)\" }").Results($$"""{"echo":"{{Key}}"}""");

        Assert.Equal("""{"f":"***"}""", read.ValuesJson);
    }

    [Fact]
    public void A_response_without_it_is_read_as_it_is()
    {
        var read = CloudScenario("results: { n: response.n }").Results("""{"n":1}""");

        Assert.Equal(("""{"n":1}""", null), (read.ValuesJson, read.Notes));
    }

    private static Scenario CloudScenario(string results)
    {
        var loader = Given.Loader(("AIMMS_API_KEY", Key));
        var loaded = loader.LoadStored(
            Given.File,
            $$$"""
            name: test
            service: { url: "https://acme.aimms.cloud", app: Plant, name: echo, apiKey: "${{ env.AIMMS_API_KEY }}" }
            {{{results}}}
            """,
            new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal),
            ScenarioOverrides.None
        );
        Assert.Empty(loaded.Diagnostics);
        return loaded.Scenario!;
    }
}

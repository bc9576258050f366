namespace AimmsOrchestrator.Tests.Scenarios.Results;

/// <summary>Responses beyond what is parsed: plain paths read them, and everything else says why it does not.</summary>
public sealed class LargeResponseTests
{
    private static readonly string Large =
        $$"""{"n":1,"data":[{{new string('7', 3)}},{"a":null}],"n":2,"s":"x","pad":"{{new string(' ', 17 << 20)}}","last":[1.50,[2]]}""";

    [Theory]
    [InlineData("response.n", "2")]
    [InlineData("response.data[0]", "777")]
    [InlineData("response.data.length", "2")]
    [InlineData("response.last", "[1.50,[2]]")]
    [InlineData("response.last[1][0]", "2")]
    [InlineData("response.data[1].a", "null")]
    public void A_plain_path_reads_a_large_response(string path, string expected)
    {
        var results = Given.Sketch($"results: {{ f: '{path}' }}").Results(Large);

        Assert.Equal($$"""{"f":{{expected}}}""", results.ValuesJson);
        Assert.Null(results.Notes);
    }

    [Theory]
    [InlineData("response.missing", "it is undefined")]
    [InlineData("response.missing.b", "Cannot read properties of undefined (reading 'b')")]
    [InlineData("response.data[1].a.b", "Cannot read properties of null (reading 'b')")]
    [InlineData("response.data[5]", "it is undefined")]
    [InlineData("response.pad", "its value has more than five million characters")]
    [InlineData("response.s.length", "only plain paths such as response.a.b read one of more than 16 MB")]
    [InlineData("response?.n ?? 3", "only plain paths such as response.a.b read one of more than 16 MB")]
    public void What_a_large_response_does_not_give_says_why(string code, string why)
    {
        var results = Given.Sketch($"results: {{ f: '{code}' }}").Results(Large);

        Assert.Equal("""{"f":null}""", results.ValuesJson);
        Assert.EndsWith(why, results.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_results_a_large_response_is_kept_and_not_taken()
    {
        var results = Given.Sketch("").Results(Large);

        Assert.Equal("{}", results.ValuesJson);
        Assert.Equal(
            "response: it has 17 MB, and results take 5 MB at most: name what you need in `results`",
            results.Notes
        );
    }

    [Fact]
    public void A_large_response_that_is_no_json_says_so()
    {
        var results = Given.Sketch("results: { f: response.a }").Results(new string('x', 17 << 20));

        Assert.Equal("f: response.a: the response is not JSON", results.Notes);
    }

    [Fact]
    public void A_script_does_not_read_millions_of_numbers()
    {
        var many = $$"""{"a":[{{string.Join(',', Enumerable.Repeat("1", 3_000_000))}}],"b":5}""";

        var results = Given.Sketch("results: { f: response.b, g: 'response.b + 1' }").Results(many);

        Assert.Equal("""{"f":5,"g":null}""", results.ValuesJson);
        Assert.Contains("the response has more than a million values", results.Notes, StringComparison.Ordinal);
    }
}

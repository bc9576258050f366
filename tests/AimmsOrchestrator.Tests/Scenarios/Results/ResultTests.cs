using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Scenarios.Results;

public sealed class ResultTests
{
    private const string Response =
        """{"objective":153.6750,"status":"optimal","n":null,"flows":[{"amount":50},{"amount":0}],"nested":{"a":[10,20]}}""";

    [Theory]
    [InlineData("7B 22 76 22 3A 22 4D E1 6C 22 7D", "application/json; charset=iso-8859-1", "\"Mál\"", null)]
    [InlineData("FF FE 7B 00 22 00 76 00 22 00 3A 00 37 00 7D 00", "application/json; charset=utf-16", "7", null)]
    [InlineData("EF BB BF 7B 22 76 22 3A 37 7D", "application/json", "7", null)]
    [InlineData(
        "7B 22 76 22 3A 22 4D E1 6C 22 7D",
        "application/json",
        "\"M\uFFFDl\"",
        "the response: it is not text in UTF-8; U+FFFD stands for what cannot be read"
    )]
    [InlineData(
        "7B 22 76 22 3A 37 7D",
        "application/json; charset=x-none",
        "7",
        "the response: its charset \"x-none\" is not known; U+FFFD stands for what cannot be read"
    )]
    public void A_response_is_read_in_its_encoding(string hex, string contentType, string expected, string? notes)
    {
        var scenario = Sketch("results: { v: response.v }");

        var results = scenario.Plan.Results.Read(
            scenario.Plan.Runs.From(0).First(),
            Task,
            new TaskResponse(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), contentType)
        );

        Assert.Equal($$"""{"v":{{expected}}}""", results.ValuesJson);
        Assert.Equal(notes, results.Notes);
    }

    [Theory]
    [InlineData("response.objective", "153.6750")]
    [InlineData("response.nested.a[1]", "20")]
    [InlineData("response.flows.length", "2")]
    [InlineData("response.status.length", "7")]
    [InlineData("response.nested", """{"a":[10,20]}""")]
    [InlineData("response.n", "null")]
    [InlineData("response.flows.filter(f => f.amount > 0).length", "1")]
    [InlineData("response.objective * x", "307.35")]
    [InlineData("x", "2")]
    [InlineData("run.index", "0")]
    [InlineData("run.key.length", "64")]
    [InlineData("task.state", "\"completed\"")]
    [InlineData("task.returnCode", "1")]
    [InlineData("task.runTime + task.queueTime", "4")]
    [InlineData("task.createdAt", "\"2026-11-23T08:00:00Z\"")]
    [InlineData("task.errorMessage", "null")]
    [InlineData("1 / 0", "\"Infinity\"")]
    [InlineData("[0 / 0]", """["NaN"]""")]
    [InlineData("new Date('2026-01-02').getUTCDate()", "2")]
    public void A_result_is_its_expressions_value(string expression, string expected)
    {
        var results = Sketch($"results: {{ f: \"{expression}\" }}").Results(Response, Task);

        Assert.Equal($$"""{"f":{{expected}}}""", results.ValuesJson);
        Assert.Null(results.Notes);
    }

    [Theory]
    [InlineData("response.missing", "it is undefined")]
    [InlineData("response.missing.deeper", "Cannot read properties of undefined (reading 'deeper')")]
    [InlineData("response.n.deeper", "Cannot read properties of null (reading 'deeper')")]
    [InlineData("response.missing.deeper + 1", "Cannot read properties of undefined (reading 'deeper')")]
    [InlineData("response.flows[7]", "it is undefined")]
    [InlineData("(() => { while (true) {} })()", "it executes more than a million statements")]
    [InlineData("(() => { const f = () => f(); return f(); })()", "its calls are nested too deep")]
    [InlineData("new Date()", "an expression has no clock: give Date a date")]
    [InlineData("x => x", "it is not a value that JSON can hold")]
    public void A_result_that_fails_leaves_its_cell_empty_and_says_why(string expression, string why)
    {
        var results = Sketch($"results: {{ f: \"{expression}\", ok: x }}").Results(Response, Task);

        Assert.Equal("""{"f":null,"ok":2}""", results.ValuesJson);
        // On a busy machine the time may be up before a million statements are.
        var late = $"f: {expression}: it takes longer than 2 seconds";
        var isLate = results.Notes == late && why.EndsWith("statements", StringComparison.Ordinal);
        Assert.Equal(isLate ? late : $"f: {expression}: {why}", results.Notes);
        Assert.True(results.IsSuccess);
    }

    [Theory]
    [InlineData("results: { f: response.name }", "{\"f\":\"a\uFFFD\"}")]
    [InlineData("results: { f: response.name + 'b' }", "{\"f\":\"a\uFFFDb\"}")]
    public void Half_a_pair_of_code_units_in_a_response_is_replaced(string results, string expected) =>
        Assert.Equal(expected, Sketch(results).Results("""{"name":"a\ud83d"}""", Task).ValuesJson);

    [Theory]
    [InlineData("response.flows.sort((a, b) => a.amount - b.amount)[0].amount")]
    [InlineData("(response.flows[0].amount = 0)")]
    [InlineData("delete response.flows[0].amount ? 0 : 1")]
    [InlineData("response['flo' + 'ws'].reverse()[0].amount")]
    public void No_expression_sees_what_another_one_changed(string changing)
    {
        var results = Sketch($"results: {{ a: \"{changing}\", b: \"response.flows[0].amount + 0\" }}")
            .Results(Response);

        Assert.Equal("""{"a":0,"b":50}""", results.ValuesJson);
    }

    [Theory]
    [InlineData("Array.prototype.map = 1")]
    [InlineData("Object.prototype.leak = 1")]
    [InlineData("this.leak = 1")]
    [InlineData("leak = 1")]
    [InlineData("(() => {}).constructor('return this')().leak = 1")]
    public void No_expression_leaves_anything_behind(string expression)
    {
        var loaded = Given.Load(
            $"service: {{ url: emulator, name: e }}\nresults: {{ a: \"{expression}\", b: \"[1].map(n => n + 1)\" }}",
            AimmsOrchestrator.Scenarios.ScenarioOverrides.None
        );

        if (loaded.IsSound)
        {
            Assert.Equal("""{"a":null,"b":[2]}""", loaded.Scenario.Results("{}").ValuesJson);
        }
        else
        {
            Assert.Contains("there is no leak here", loaded.Diagnostics[0].Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 1}""")]
    [InlineData("[1,2]", """{"response":[1,2]}""")]
    [InlineData("7", """{"response":7}""")]
    [InlineData("not json", "{}")]
    [InlineData("", "{}")]
    [InlineData("{\n  \"a\": 1.50\n}", """{"a":1.50}""")]
    public void Without_results_the_whole_json_response_is_taken(string response, string expected)
    {
        var results = Sketch("").Results(response);

        Assert.Equal(expected, results.ValuesJson);
        Assert.Null(results.Notes);
        Assert.True(results.IsSuccess);
    }

    [Fact]
    public void A_response_that_is_not_json_is_noted()
    {
        var results = Sketch("results: { cost: response.objective, n: 'response?.n ?? 3' }").Results("<html>");

        Assert.Equal("""{"cost":null,"n":3}""", results.ValuesJson);
        Assert.Equal("cost: response.objective: the response is not JSON (application/json)", results.Notes);
    }

    [Fact]
    public void A_deep_response_is_read()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);

        var results = Sketch("results: { path: response.a.a.b, script: \"Object.keys(response.a)[0]\" }").Results(deep);

        Assert.Equal("""{"path":null,"script":"a"}""", results.ValuesJson);
    }

    [Theory]
    [InlineData("task.returnCode === 1 && response.status !== 'error'", true)]
    [InlineData("response.status === 'error'", false)]
    [InlineData("response.objective", true)]
    [InlineData("response.nothing", false)]
    [InlineData("response.nothing.at.all", false)]
    public void Success_is_what_the_model_says(string expression, bool expected)
    {
        var results = Sketch($"success: \"{expression}\"").Results(Response, Task);

        Assert.Equal(expected, results.IsSuccess);
        Assert.Equal(expression == "response.nothing.at.all", results.Notes is not null);
    }

    [Fact]
    public async System.Threading.Tasks.Task Many_threads_read_at_once()
    {
        var scenario = Sketch("results: { f: \"response.flows.map(f => f.amount).join() + x\" }");

        var read = await System.Threading.Tasks.Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i =>
                    System.Threading.Tasks.Task.Run(() =>
                        scenario.Results($$"""{"flows":[{"amount":{{i}}}]}""").ValuesJson
                    )
                )
        );

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $$"""{"f":"{{i}}2"}"""), read);
    }

    private static TaskSnapshot Task { get; } =
        new(new TaskId("7"), TaskState.Completed)
        {
            CreatedAt = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero),
            QueueTime = TimeSpan.FromSeconds(1.5),
            RunTime = TimeSpan.FromSeconds(2.5),
            ReturnCode = 1,
        };

    private static AimmsOrchestrator.Scenarios.Scenario Sketch(string yaml) =>
        Given.Sketch("sweep: { matrix: { x: [2] } }\n" + yaml);
}

using System.Text;
using AimmsOrchestrator.Scenarios.Emulation;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Tests.Scenarios.Emulation;

/// <summary>Services of the author's own for the emulator.</summary>
public sealed class EmulatedServicesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aimms-batch-services-").FullName;

    [Theory]
    [InlineData("answer: { cost: 12.50, status: optimal }", """{"cost":12.50,"status":"optimal"}""")]
    [InlineData("answer: 'for ${{ request.region }}'", "\"for north\"")]
    [InlineData("answer: '${{ request }}'", """{"demand":3,"region":"north"}""")]
    [InlineData(
        "answer: { cost: '${{ request.demand ** 2 }}', of: ['${{ request.region }}'] }",
        """{"cost":9,"of":["north"]}"""
    )]
    [InlineData("file: 'answers/${{ request.region }}.json'", """{"from":"a file"}""")]
    public void An_answer_is_canned_computed_from_the_request_or_a_file(string service, string answer)
    {
        Write("answers/north.json", """{"from":"a file"}""");

        Assert.Equal((answer, null), Answer(service, """{"demand":3,"region":"north"}"""));
    }

    [Theory]
    [InlineData("answer: '${{ request.a.b }}'", "request.a.b")]
    [InlineData("answer: '${{ 1 / (request.demand - 3) }}'", "it is Infinity, which JSON cannot hold")]
    [InlineData("file: 'answers/${{ request.region }}.json'", "there is no answer")]
    [InlineData("file: '../${{ request.region }}.json'", "is not in the folder of the services")]
    [InlineData("file: /etc/passwd", "is not in the folder of the services")]
    public void What_cannot_be_answered_says_why(string service, string why)
    {
        var (answer, failure) = Answer(service, """{"demand":3,"region":"south"}""");

        Assert.Null(answer);
        Assert.Contains(why, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_time_is_a_duration_or_is_drawn()
    {
        var services = Load(
            "services: { a: { answer: 1, runTime: 90s }, b: { answer: 1, runTime: { uniform: [2, 4] } } }"
        );

        Assert.Equal(90, services[0].RunTime(0.7).TotalSeconds);
        Assert.Equal(2.5, services[1].RunTime(0.25).TotalSeconds);
    }

    [Fact]
    public void Failures_the_queue_and_the_format_are_read()
    {
        var service = Load("services: { a: { answer: [], failures: 2.5%, message: no, queue: 3, format: csv } }")[0];

        Assert.Equal((0.025, "no", 3, "csv"), (service.Failures, service.Message, service.Queue, service.Format));
    }

    [Theory]
    [InlineData(
        "services: { a: { anwser: 1 } }",
        "emulator.services.a.anwser is not a key of a scenario; did you mean \"answer\"?"
    )]
    [InlineData(
        "services: { a: { answer: 1, file: x } }",
        "one of answer, file, replay is expected; there are answer and file"
    )]
    [InlineData("services: { a: }", "emulator.services.a: say what it answers: answer, file, replay")]
    [InlineData("services: { a: { answer: '${{ reqest.x }}' } }", "there is no reqest here; did you mean \"request\"?")]
    [InlineData("services: { a: { answer: 1, failures: 5 } }", "\"5\" is not a share from 0% to 100%; write 5%")]
    [InlineData("services: { a: { answer: 1, runTime: soon } }", "\"soon\" is not a duration; write 2s")]
    [InlineData("services: { a: { replay: b, format: csv } }", "a replay is sent as it is")]
    [InlineData("places: 2", "there is no service")]
    public void A_wrong_file_is_refused_with_what_is_allowed(string yaml, string message)
    {
        var (services, errors) = EmulatorLoader.Load(Write("services.yaml", yaml));

        Assert.Null(services);
        Assert.Contains(errors, error => error.ToString().Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_request_is_the_same_question_however_its_json_is_written()
    {
        Assert.Equal(Key("""{ "a": 1.0, "b": [2] }"""), Key("""{"b":[2],"a":1}"""));
        Assert.NotEqual(Key("""{"a":1}"""), Key("""{"a":2}"""));
        Assert.NotEqual(Key("a,b"), Key("a;b"));
    }

    [Fact]
    public void A_scenario_has_services_of_its_own_and_a_warning_where_they_have_no_effect()
    {
        const string Emulator = "\nemulator: { places: 3, services: { echo: { answer: 1 } } }";

        var scenario = Given.Sketch(Emulator);
        Assert.Equal((3, "echo"), (scenario.Emulator.Places, scenario.Emulator.Services[0].Name));
        var elsewhere = Given.Scenario($"name: a\nservice: {{ url: http://localhost:1, name: echo }}{Emulator}");
        Assert.Contains("emulator has no effect", Assert.Single(elsewhere.Warnings).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Key(string request) => EmulatedServices.KeyOf(Encoding.UTF8.GetBytes(request));

    private (string? Answer, string? Failure) Answer(string service, string request)
    {
        var (body, failure) = Load($"services:\n  a:\n    {service}")[0].AnswerTo(Encoding.UTF8.GetBytes(request));
        return (body is null ? null : Encoding.UTF8.GetString(body), failure);
    }

    private IReadOnlyList<EmulatedService> Load(string yaml)
    {
        var (services, errors) = EmulatorLoader.Load(Write("services.yaml", yaml));
        Assert.Empty(errors);
        return services!.Services;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}

using System.Security.Cryptography;
using System.Text;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Scenarios.Requests;

public sealed class RequestTests
{
    private const string Base = """{"freight":90,"demand":{"topeka":275,"denver":1},"tags":["a","b"]}""";

    [Fact]
    public void A_lone_expression_keeps_its_type_and_any_other_string_is_text()
    {
        var run = Given
            .Sketch(
                """
                sweep: { runs: [{ a: 1.0, b: x, c: [1, { d: 2 }] }] }
                request:
                  json:
                    alone: ${{ a }}
                    text: a is ${{ a }}, b is ${{ b }}
                    sum: ${{ a + 1 }}
                    list: ${{ c }}
                    object: "${{ { k: [a, b] } }}"
                    index: ${{ run.index }}
                    "yes": no
                """
            )
            .Runs()[0];

        Assert.Equal(
            """{"alone":1.0,"text":"a is 1.0, b is x","sum":2,"list":[1,{"d":2}],"object":{"k":[1,"x"]},"index":0,"yes":"no"}""",
            run.Body()
        );
        Assert.Equal("application/json", run.Request!.MediaType);
    }

    [Theory]
    [InlineData("{\n\"city\": \"Málaga\"}", "iso-8859-1", "b.json:2:11: this is not text in UTF-8: the byte 0xE1")]
    [InlineData(
        "{\"city\": \"Málaga\"}",
        "utf-16",
        "b.json:1:1: this is not text in UTF-8 but in UTF-16, little-endian"
    )]
    [InlineData(
        "{\"city\": \"Málaga\"}",
        "utf-16BE",
        "b.json:1:1: this is not text in UTF-8 but in UTF-16, big-endian"
    )]
    public void A_file_in_another_encoding_is_an_error(string text, string encoding, string expected)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
        {
            ["b.json"] = Encoding.GetEncoding(encoding).GetBytes(text),
        };

        var result = Given
            .Loader()
            .LoadStored(
                Given.File,
                "name: t\nservice: { url: emulator, name: s }\nrequest: { file: b.json }",
                files,
                AimmsOrchestrator.Scenarios.ScenarioOverrides.None
            );

        Assert.StartsWith(expected, Assert.Single(result.Diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_changed_by_json_pointers()
    {
        var run = Given
            .Sketch(
                """
                sweep: { matrix: { growth: [1.5] } }
                request:
                  file: base.json
                  set: { /demand/topeka: "${{ 275 * growth }}", /tags/0: z, /tags/-: c, /freight: { rate: 1 } }
                  add: { /demand/a~1b: 10 }
                """,
                ("base.json", Base)
            )
            .Runs()[0];

        Assert.Equal(
            """{"freight":{"rate":1},"demand":{"topeka":412.5,"denver":1,"a/b":10},"tags":["z","b","c"]}""",
            run.Body()
        );
    }

    [Fact]
    public void A_file_that_is_not_json_is_sent_byte_by_byte_with_its_media_type()
    {
        var run = Given.Sketch("request: { file: in.csv }", ("in.csv", "a;b\r\n1;ö\n")).Runs()[0];

        Assert.Equal("a;b\r\n1;ö\n", run.Body());
        Assert.Equal("text/csv", run.Request!.MediaType);
    }

    [Fact]
    public void No_request_sends_no_body()
    {
        var run = Given.Sketch("").Runs()[0];

        Assert.True(run.Request!.Body.IsEmpty);
        Assert.Null(run.Request.MediaType);
        Assert.Equal("test", run.Name);
    }

    [Fact]
    public void A_key_is_the_sha256_of_the_canonical_request()
    {
        var run = Given
            .Scenario(
                """
                name: any
                service: { url: "http://localhost:8080", name: transport }
                request: { json: { z: 1.50, a: { y: 1e3, x: é } } }
                """
            )
            .Runs()[0];

        Assert.Equal(
            Sha256(
                """{"address":"http://localhost:8080","app":null,"request":{"a":{"x":"é","y":1000},"z":1.5},"service":"transport","version":null}"""
            ),
            run.Key!.Value.Hex
        );
    }

    [Fact]
    public void Bytes_count_by_their_own_hash()
    {
        var run = Given.Sketch("request: { file: in.csv }", ("in.csv", "a;b")).Runs()[0];

        var canonical =
            $$"""{"address":"emulator","app":null,"requestSha256":"{{Sha256("a;b")}}","service":"echo","version":null}""";
        Assert.Equal(Sha256(canonical), run.Key!.Value.Hex);
    }

    [Fact]
    public void The_order_of_members_and_the_spelling_of_numbers_keep_the_key()
    {
        var one = Given.Sketch("request: { json: { a: 1.0, b: [1e2, 'x'] } }").Runs()[0];
        var two = Given.Sketch("request: { json: { b: [100, x], a: 1 } }").Runs()[0];
        var other = Given.Sketch("request: { json: { b: [100, x], a: 2 } }").Runs()[0];

        Assert.Equal(one.Key, two.Key);
        Assert.NotEqual(one.Key, other.Key);
    }

    [Fact]
    public void App_version_and_name_may_differ_by_run()
    {
        var result = Given
            .Loader(("KEY", "secret-value"))
            .LoadStored(
                Given.File,
                """
                name: versions
                service:
                  { url: "https://acme.aimms.cloud", app: "T ${{ v }}", version: "${{ v }}", name: solve, apiKey: "${{ env.KEY }}" }
                sweep: { matrix: { v: [1.10, 1.4] } }
                """,
                new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal),
                AimmsOrchestrator.Scenarios.ScenarioOverrides.None
            );

        Assert.Empty(result.Diagnostics);
        var runs = result.Scenario!.Runs();
        Assert.Equal(new TaskTarget("solve", "T 1.10", "1.10"), runs[0].Request!.Target);
        Assert.Equal(new TaskTarget("solve", "T 1.4", "1.4"), runs[1].Request!.Target);
        Assert.Equal(
            Sha256(
                """{"address":"https://acme.aimms.cloud","app":"T 1.10","request":null,"service":"solve","version":"1.10"}""".Replace(
                    "\"request\":null",
                    $"\"requestSha256\":\"{Sha256("")}\"",
                    StringComparison.Ordinal
                )
            ),
            runs[0].Key!.Value.Hex
        );
        Assert.Equal(ServiceHost.Cloud, result.Scenario!.Host);
        Assert.Equal("secret-value", result.Scenario.ApiKey!.Reveal());
    }

    [Fact]
    public void An_expression_that_fails_in_one_run_is_that_runs_defect()
    {
        var runs = Given.Sketch("sweep: { matrix: { x: [0, 1] } }\nrequest: { json: { y: \"${{ 1 / x }}\" } }").Runs();

        Assert.Equal("scenario.yaml:4:23: 1 / x: it is Infinity, which JSON cannot hold", runs[0].Defect);
        Assert.Null(runs[0].Request);
        Assert.Equal("""{"y":1}""", runs[1].Body());
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

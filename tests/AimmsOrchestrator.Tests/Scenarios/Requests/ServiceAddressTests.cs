using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Scenarios.Requests;

namespace AimmsOrchestrator.Tests.Scenarios.Requests;

public sealed class ServiceAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:9401", "http://127.0.0.1:9401")]
    [InlineData("http://127.0.0.1:9401/", "http://127.0.0.1:9401")]
    [InlineData("HTTP://LocalHost:9401", "http://localhost:9401")]
    [InlineData("https://Acme.AIMMS.cloud:443/", "https://acme.aimms.cloud")]
    [InlineData("http://localhost:80", "http://localhost")]
    [InlineData("https://gateway.example/Aimms/", "https://gateway.example/Aimms")]
    [InlineData("https://gateway.example/%7Eaimms", "https://gateway.example/~aimms")]
    [InlineData("http://[::1]:8080/", "http://[::1]:8080")]
    [InlineData("http://[0:0:0:0:0:0:0:1]:8080", "http://[::1]:8080")]
    [InlineData("http://bücher.example", "http://xn--bcher-kva.example")]
    public void Spellings_of_one_address_are_one(string written, string expected) =>
        Assert.Equal(expected, ServiceAddress.Canonical(new Uri(written)));

    [Fact]
    public void A_key_is_the_same_for_every_spelling_and_the_former_one_is_known()
    {
        var plain = Run("http://localhost:8080");
        var slash = Run("http://localhost:8080/");
        var shouted = Run("HTTP://LOCALHOST:8080");

        Assert.Equal(plain.Key, slash.Key);
        Assert.Equal(plain.Key, shouted.Key);
        Assert.Null(plain.FormerKey);
        Assert.Equal(Key("http://localhost:8080/"), slash.FormerKey);
        Assert.Equal(Key("HTTP://LOCALHOST:8080"), shouted.FormerKey);
        Assert.NotEqual(plain.Key, Run("http://localhost:8081").Key);
        Assert.NotEqual(plain.Key, Run("http://127.0.0.1:8080").Key);
        Assert.NotEqual(plain.Key, Run("https://localhost:8080").Key);
    }

    [Fact]
    public void A_replicate_has_a_former_key_of_its_own()
    {
        var runs = Given.Scenario(Yaml("http://localhost:8080/", "sweep: { repeat: { times: 2 } }")).Runs();
        var plain = Given.Scenario(Yaml("http://localhost:8080", "sweep: { repeat: { times: 2 } }")).Runs();

        Assert.Equal(plain.Select(run => run.Key), runs.Select(run => run.Key));
        Assert.Equal(2, runs.Select(run => run.FormerKey).Distinct().Count());
        Assert.DoesNotContain(runs, run => run.FormerKey == run.Key);
    }

    [Theory]
    [InlineData(
        "http://localhost::8080",
        "is not an address; it has two colons before the port; write http://localhost:8080"
    )]
    [InlineData(
        "https://xn--\u00e9.aimms.cloud",
        "is not an address; write emulator, http://localhost:8080 or https://acme.aimms.cloud"
    )]
    [InlineData("localhost:8080", "is not an address; it has no scheme; write http://localhost:8080")]
    [InlineData("acme.aimms.cloud", "is not an address; it has no scheme; write https://acme.aimms.cloud")]
    [InlineData("http://localhost:{port}", "is not an address; put the service's own port where {port} stands")]
    [InlineData(
        "http://localhost:8080/api/v2/tasks",
        ": it ends in /api/v2/tasks, which is added for each request; write http://localhost:8080"
    )]
    [InlineData(
        "http://localhost:8080/api/v2/tasks/solve",
        ": it ends in /api/v2/tasks/solve, which is added for each request; write http://localhost:8080"
    )]
    [InlineData(
        "http://localhost:8080/api/v1/",
        ": it ends in /api/v1/, which is added for each request; write http://localhost:8080 and api: v1"
    )]
    [InlineData(
        "https://acme.aimms.cloud/pro-api/v2",
        ": it ends in /pro-api/v2, which is added for each request; write https://acme.aimms.cloud"
    )]
    [InlineData(
        "https://gateway.example/aimms/pro-api",
        ": it ends in /pro-api, which is added for each request; write https://gateway.example/aimms"
    )]
    [InlineData(
        "https://acme.aimms.cloud",
        ": it is an AIMMS Cloud account, whose tasks belong to an app: write app and apiKey beside it"
    )]
    [InlineData("http://acme.aimms.cloud", ": it would send the key unencrypted; write https://acme.aimms.cloud")]
    public void A_form_that_articles_print_is_an_error_with_what_to_write(string written, string expected)
    {
        var diagnostic = Assert.Single(Given.Diagnostics(Yaml(written)));

        Assert.Equal($"service.url: \"{written}\"{(expected[0] == ':' ? "" : " ")}{expected}", diagnostic.Message);
    }

    [Theory]
    [InlineData("https://gateway.example/api")]
    [InlineData("https://api.example/v2")]
    [InlineData("http://aimms.cloud.example:8080/aimms")]
    public void An_address_with_a_path_of_its_own_is_one(string written) =>
        Assert.Empty(Given.Diagnostics(Yaml(written)));

    private static PlannedRun Run(string url) => Given.Scenario(Yaml(url)).Runs()[0];

    /// <summary>What the key is made from, as RFC 8785 writes it.</summary>
    private static RunKey Key(string address) =>
        new(
            System.Security.Cryptography.SHA256.HashData(
                System.Text.Encoding.UTF8.GetBytes(
                    $$"""{"address":"{{address}}","app":null,"request":{"a":1},"service":"echo","version":null}"""
                )
            )
        );

    private static string Yaml(string url, string more = "") =>
        $"name: t\nservice: {{ url: \"{url}\", name: echo }}\nrequest: {{ json: {{ a: 1 }} }}\n{more}\n";
}

using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Tests.Scenarios.Reading;

/// <summary>Addresses that carry a secret.</summary>
public sealed class AddressSecretTests
{
    [Theory]
    [InlineData("https://me:hunter2@acme.aimms.cloud", "https://***@acme.aimms.cloud")]
    [InlineData("https://hunter2@acme.aimms.cloud/x", "https://***@acme.aimms.cloud/x")]
    [InlineData("https://me:hun@ter2@acme.aimms.cloud", "https://***@acme.aimms.cloud")]
    [InlineData("me:hunter2@acme.aimms.cloud", "***@acme.aimms.cloud")]
    [InlineData("https://me:hunter 2@acme.aimms.cloud", "https://***@acme.aimms.cloud")]
    public void A_name_or_a_password_is_refused_and_not_repeated(string url, string shown)
    {
        var line = Diagnostic(url);

        Assert.Contains(
            $"\"{shown}\" is not an address: a name or a password stands before its host",
            line,
            StringComparison.Ordinal
        );
        Assert.Contains("apiKey: ${{ env.AIMMS_API_KEY }}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hun", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_is_refused_and_not_repeated()
    {
        var line = Diagnostic("https://acme.aimms.cloud/?apikey=hunter2");

        Assert.Contains(
            "\"https://acme.aimms.cloud/?***\" is not an address: it has a query",
            line,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_lines_address_is_judged_alike()
    {
        var overrides = new ScenarioOverrides { Url = "http://me:hunter2@localhost" };

        var result = Given.Load("name: t\nservice: { url: emulator, name: echo }\n", overrides);

        var line = Assert.Single(result.Diagnostics).ToString();
        Assert.StartsWith("--url", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
    }

    private static string Diagnostic(string url) =>
        Assert.Single(Given.Diagnostics($"name: t\nservice: {{ url: \"{url}\", name: echo }}\n")).ToString();
}

namespace AimmsOrchestrator.Tests.Scenarios.Reading;

public sealed class HookReaderTests
{
    private const string Cloud = "service: { url: emulator, app: Plant, name: echo }\n";

    [Theory]
    [InlineData("poll: { hook: http://machine.example:8090/hooks }")]
    [InlineData("poll: { hook: http://machine.example:8090/hooks, adaptive: { budget: 3 } }")]
    [InlineData("poll: { hook: http://machine.example:8090/hooks, every: 5s }")]
    public void A_hook_stands_beside_any_policy(string poll)
    {
        Assert.Equal(
            new Uri("http://machine.example:8090/hooks"),
            Given.Scenario($"name: t\n{Cloud}{poll}\n").Plan.Poll.Hook
        );
    }

    [Theory]
    [InlineData("hooks", "\"hooks\" is not an address; write http://this-machine.example:8090/hooks")]
    [InlineData("ftp://machine.example/", "is not an address")]
    [InlineData("http://xn--\u00e9.example/", "is not an address")]
    [InlineData("http://me:secret@machine.example:8090/", "a name or a password does not belong into it")]
    [InlineData("http://machine.example:0/", "port 0")]
    [InlineData("http://machine.example:8090/?key=1", "takes the parameter key out")]
    [InlineData("\"http://machine.example:8090/#a\"", "fragment")]
    public void What_the_service_cannot_call_is_an_error(string hook, string problem)
    {
        var diagnostic = Assert.Single(Given.Diagnostics($"name: t\n{Cloud}poll: {{ hook: {hook} }}\n"));
        Assert.StartsWith("scenario.yaml:3:", diagnostic.ToString(), StringComparison.Ordinal);
        Assert.Contains(problem, diagnostic.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_makes_no_calls_is_polled_and_a_warning_says_so()
    {
        var scenario = Given.Scenario(
            "name: t\nservice: { url: emulator, name: echo }\npoll: { hook: http://localhost:8090/ }\n"
        );

        Assert.Null(scenario.Plan.Poll.Hook);
        Assert.Contains(
            "only an AIMMS Cloud account",
            Assert.Single(scenario.Warnings).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_warning_says_that_a_gateway_has_to_decrypt_an_encrypted_hook()
    {
        var scenario = Given.Scenario($"name: t\n{Cloud}poll: {{ hook: https://gateway.example/hooks }}\n");

        Assert.Contains("on port 443", Assert.Single(scenario.Warnings).ToString(), StringComparison.Ordinal);
    }
}

using AimmsOrchestrator.Domain.Accounts;

namespace AimmsOrchestrator.Tests.Domain.Accounts;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("https://acme.aimms.cloud/base")]
    [InlineData("http://b\u00fccher.example")]
    [InlineData("http://[::1]:8080")]
    public void A_request_can_be_sent_to_it(string text) => Assert.True(WebAddress.TryParse(text, out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("/tasks")]
    [InlineData("ftp://acme.example")]
    [InlineData("file:///etc/hosts")]
    [InlineData("https://xn--\u00e9.example")]
    public void No_request_can_be_sent_to_it(string? text) => Assert.False(WebAddress.TryParse(text, out _));

    [Fact]
    public void An_account_with_a_host_that_is_no_name_keeps_its_own_text() =>
        Assert.Equal("https://xn--\u00e9.example", ServiceAccount.NameOf("https://xn--\u00e9.example/"));
}

using AimmsOrchestrator.Domain.Accounts;

namespace AimmsOrchestrator.Tests.Domain.Accounts;

/// <summary>One account has one name.</summary>
public sealed class ServiceAccountTests
{
    [Theory]
    [InlineData("https://acme.aimms.cloud", "https://acme.aimms.cloud")]
    [InlineData("https://acme.aimms.cloud/", "https://acme.aimms.cloud")]
    [InlineData("https://ACME.aimms.cloud:443/?x=1#y", "https://acme.aimms.cloud")]
    [InlineData("https://acme.aimms.cloud.", "https://acme.aimms.cloud")]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080/", "http://localhost:8080")]
    [InlineData("http://[::1]:8080", "http://localhost:8080")]
    [InlineData(" http://box/pro/ ", "http://box/pro")]
    [InlineData("http://user:secret@box/", "http://box")]
    [InlineData("emulator", "emulator")]
    [InlineData("no address/", "no address")]
    public void The_name_is_the_address_in_one_spelling_without_any_secret(string address, string name) =>
        Assert.Equal(name, ServiceAccount.NameOf(address));
}

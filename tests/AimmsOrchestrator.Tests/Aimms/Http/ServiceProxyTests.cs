using System.Net;
using AimmsOrchestrator.Aimms.Faults;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Aimms.Http;

public sealed class ServiceProxyTests
{
    private static readonly ServiceProxy Proxy = new(new WebProxy("http://me:secret@proxy.example:3128"));

    [Theory]
    [InlineData("http://127.0.0.1:46777")]
    [InlineData("http://127.8.9.1")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://LOCALHOST:8080")]
    [InlineData("http://aimms.localhost:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://[::ffff:127.0.0.1]:8080")]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("https://localhost")]
    public void No_proxy_is_asked_for_this_machine(string address)
    {
        Assert.True(Proxy.IsBypassed(new Uri(address)));
        Assert.Null(Proxy.GetProxy(new Uri(address)));
        Assert.Null(Proxy.Name(new Uri(address)));
    }

    [Theory]
    [InlineData("https://acme.aimms.cloud")]
    [InlineData("http://localhost.example")]
    [InlineData("http://10.0.0.7:8080")]
    public void Another_machine_is_asked_through_the_proxy(string address)
    {
        Assert.False(Proxy.IsBypassed(new Uri(address)));
        Assert.Equal("http://proxy.example:3128", Proxy.Name(new Uri(address)));
    }

    [Fact]
    public void An_error_names_the_proxy_without_its_password()
    {
        var address = new Uri("https://acme.aimms.cloud");
        var faults = new FaultMapper(new ServiceEndpoint(address, ServiceHost.Cloud), TimeProvider.System)
        {
            Proxy = Proxy.Name(address),
        };

        Assert.Equal(
            "POST x: 502 Bad Gateway (through the proxy http://proxy.example:3128 of the environment)",
            faults.ErrorStatus("POST x", new RawResponse(502, "Bad Gateway", [], null)).Message
        );
    }
}

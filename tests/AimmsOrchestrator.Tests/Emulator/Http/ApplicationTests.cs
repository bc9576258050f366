using System.Net;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Http;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator.Http;

/// <summary>The cloud's applications: published, listed, tagged, deleted.</summary>
public sealed class ApplicationTests : EmulatorTest
{
    [Theory]
    [InlineData("v1", "projectVersionId")]
    [InlineData("v2", "projectVersion")]
    public async Task A_published_application_is_listed_until_it_is_deleted(string version, string member)
    {
        await using var service = await StartAsync(new EmulatorOptions());
        await PublishAsync(
            service,
            version,
            $$"""{"name": "Plant", "{{member}}": "1.2", "projectCategory": "Tests"}"""
        );

        var listed = JsonDocument
            .Parse(await SendAsync(service, HttpMethod.Get, $"pro-api/{version}//applications", key: "k"))
            .RootElement;
        var one = Assert.Single(listed.EnumerateArray());
        Assert.Equal(
            ("Plant", "1.2", "Tests"),
            (
                one.GetProperty("name").GetString(),
                one.GetProperty(member).GetString(),
                one.GetProperty("projectCategory").GetString()
            )
        );

        await SendAsync(service, HttpMethod.Delete, $"pro-api/{version}//applications/Plant/1.2/", key: "k");
        Assert.Equal("[]", await SendAsync(service, HttpMethod.Get, $"pro-api/{version}/applications", key: "k"));
    }

    [Fact]
    public async Task A_submit_without_a_version_means_the_one_tagged_latest()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        await PublishAsync(service, "v2", """{"name": "Plant", "projectVersion": "1"}""");
        await PublishAsync(service, "v2", """{"name": "Plant", "projectVersion": "2"}""");

        using var refused = await SendRawAsync(service, HttpMethod.Post, "pro-api/v2/tasks/Plant/echo", "x", "k");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "App Plant with latest tag doesn't exist.",
            JsonDocument
                .Parse(await refused.Content.ReadAsStringAsync())
                .RootElement.GetProperty("message")
                .GetString()!,
            StringComparison.Ordinal
        );

        foreach (var version in (string[])["1", "2"])
        {
            var path = $"pro-api/v2/applications/Plant/{version}";
            await SendAsync(service, HttpMethod.Patch, path, """{"isLatest": true}""", "k");
            var task = await SendAsync(service, HttpMethod.Post, "pro-api/v2/tasks/Plant/echo", "x", "k");
            Assert.Equal(version, JsonDocument.Parse(task).RootElement.GetProperty("appVersion").GetString());
        }
    }

    [Fact]
    public async Task A_client_that_trusts_its_certificate_speaks_HTTPS_with_it()
    {
        using var certificate = OwnCertificate.Create(TimeProvider.System.GetUtcNow());
        await using var service = await StartAsync(new EmulatorOptions { Certificate = certificate });
        using var handler = new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, served, _, _) =>
                    served!.GetCertHashString() == certificate.GetCertHashString(),
            },
        };
        using var https = new HttpClient(handler);

        Assert.Equal("https", service.Address.Scheme);
        Assert.Equal("[]", await https.GetStringAsync(new Uri(service.Address, "api/v2/tasks")));
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            Http.GetStringAsync(new Uri(service.Address, "api/v2/tasks"))
        );
    }

    private async Task PublishAsync(TaskServiceEmulator service, string version, string metadata)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(metadata, Encoding.UTF8), "metadata" },
            { new ByteArrayContent([1, 2, 3]), "file", "plant.aimmspack" },
        };
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(service.Address, $"pro-api/{version}//applications")
        )
        {
            Content = form,
        };
        request.Headers.Add("apiKey", "k");
        using var answer = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}

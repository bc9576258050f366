using System.Text;
using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Aimms.Http;

namespace AimmsOrchestrator.Tests.Aimms;

/// <summary>The service's documents in encodings and with defects that proxies and older services give them.</summary>
public sealed class EncodingTests
{
    private const string Task =
        """{"id":"7b1f","serviceName":"x","state":"failed","returnCode":1,"errorMessage":"Málaga MSG"}""";

    private static readonly Dictionary<string, Encoding> Encodings = new(StringComparer.Ordinal)
    {
        ["utf-8 with a mark"] = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        ["utf-16 with a mark"] = Encoding.Unicode,
        ["utf-16"] = new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        ["iso-8859-1"] = Encoding.Latin1,
    };

    [Theory]
    [InlineData("utf-8 with a mark", "application/json")]
    [InlineData("utf-16 with a mark", "application/json")]
    [InlineData("utf-16", "application/json; charset=utf-16")]
    [InlineData("iso-8859-1", "application/json; charset=iso-8859-1")]
    public async Task A_document_of_the_service_is_read_in_its_encoding(string encoding, string contentType)
    {
        var text = Task.Replace("MSG", "é", StringComparison.Ordinal);
        await using var service = await ServiceAsync(encoding, contentType, text);
        using var client = Client(service);

        var submitted = await client.SubmitAsync(
            new TaskRequest(new TaskTarget("x"), "{}"u8.ToArray(), "application/json"),
            default
        );
        var state = await client.GetStateAsync(new TaskId("7b1f"), default);

        Assert.Equal(new TaskId("7b1f"), submitted.Value);
        Assert.Equal("Málaga é", state.Value!.ErrorMessage);
        await using var list = await ServiceAsync(encoding, contentType, $"[{text}]");
        using var lister = Client(list);
        Assert.Equal(
            "Málaga é",
            Assert.Single((await lister.ListAsync(new TaskFilter(), default)).Value!.Tasks).ErrorMessage
        );
    }

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\\ude00")]
    [InlineData("\\uD83D x")]
    public async Task Half_a_surrogate_pair_is_replaced(string half)
    {
        await using var service = await ServiceAsync(
            "iso-8859-1",
            "application/json; charset=iso-8859-1",
            Task.Replace("MSG", half, StringComparison.Ordinal)
        );
        using var client = Client(service);

        var state = await client.GetStateAsync(new TaskId("7b1f"), default);

        Assert.Equal(TaskState.Failed, state.Value!.State);
        Assert.StartsWith("Málaga \uFFFD", state.Value.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_keeps_its_bytes_and_its_charset()
    {
        await using var service = await ServiceAsync(
            "iso-8859-1",
            "application/json; charset=ISO-8859-1",
            "{\"v\":\"á\"}"
        );
        using var client = Client(service);

        var response = (await client.GetResponseAsync(new TaskId("7b1f"), default)).Value!;

        Assert.Equal(Encoding.Latin1.GetBytes("{\"v\":\"á\"}"), response.Body.ToArray());
        Assert.Equal("application/json; charset=iso-8859-1", response.MediaType);
    }

    [Fact]
    public async Task An_error_is_read_in_its_encoding()
    {
        await using var service = await HttpDouble.StartAsync(async context =>
        {
            context.Response.StatusCode = 400;
            context.Response.ContentType = "text/plain; charset=windows-1252";
            await context.Response.Body.WriteAsync(new byte[] { 0x80, 0x20, 0xE9 });
        });
        using var client = Client(service);

        var fault = (await client.GetStateAsync(new TaskId("7b1f"), default)).Fault!;

        Assert.EndsWith("400 Bad Request: € é", fault.Message, StringComparison.Ordinal);
    }

    private static Task<HttpDouble> ServiceAsync(string encoding, string contentType, string text) =>
        HttpDouble.StartAsync(async context =>
        {
            context.Response.ContentType = contentType;
            byte[] bytes = [.. Encodings[encoding].GetPreamble(), .. Encodings[encoding].GetBytes(text)];
            await context.Response.Body.WriteAsync(bytes);
        });

    private static TaskServiceClient Client(HttpDouble service) =>
        new(
            new ServiceEndpoint(service.Address, ServiceHost.Localhost),
            new TaskServiceClientOptions(),
            TimeProvider.System
        );
}

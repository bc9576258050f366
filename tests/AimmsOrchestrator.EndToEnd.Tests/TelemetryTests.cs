using System.Collections.Concurrent;
using System.Text;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>The program's own metrics and traces, as a collector gets them.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly ProgramFolder _folder = new();
    private readonly ConcurrentDictionary<string, string> _received = new(StringComparer.Ordinal);

    public TelemetryTests() =>
        _folder.Write(
            "echo.yaml",
            """
            name: echo
            service: { url: emulator, name: echo }
            sweep: { matrix: { n: [1, 2, 3] } }
            request: { json: { n: "${{ n }}" } }
            """
        );

    [Fact]
    public async Task A_collector_named_by_the_standard_variables_gets_metrics_and_traces()
    {
        await using var collector = await CollectAsync();
        _folder.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First();
        _folder.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";

        var run = await _folder.RunAsync("run", "echo.yaml");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("aimms_batch.request.duration", _received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("aimms-batch", _received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("aimms.run.name", _received["/v1/traces"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exporters_may_be_a_list_and_the_name_one_of_the_attributes()
    {
        await using var collector = await CollectAsync();
        _folder.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First();
        _folder.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        _folder.Environment["OTEL_TRACES_EXPORTER"] = "otlp,console";
        _folder.Environment["OTEL_METRICS_EXPORTER"] = "none";
        _folder.Environment["OTEL_RESOURCE_ATTRIBUTES"] = "team=x,service.name=nightly-sweeps";

        await _folder.RunAsync("run", "echo.yaml");

        Assert.Contains("nightly-sweeps", _received["/v1/traces"], StringComparison.Ordinal);
        Assert.DoesNotContain("/v1/metrics", _received.Keys);
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_the_batch_nothing()
    {
        using var silent = new SilentPort();
        _folder.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = silent.Address;

        var run = await _folder.RunAsync("run", "echo.yaml");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(silent.Address, run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<WebApplication> CollectAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var text = Encoding.Latin1.GetString(body.ToArray());
            _received.AddOrUpdate(context.Request.Path.Value!, text, (_, before) => before + text);
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
        await application.StartAsync();
        return application;
    }
}

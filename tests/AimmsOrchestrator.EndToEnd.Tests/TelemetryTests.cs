using System.Collections.Concurrent;
using System.Text;
using AimmsOrchestrator.EndToEnd.Tests.Server;
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
    private readonly ConcurrentBag<string> _answered = [];

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

        var run = await _folder.RunAsync("run", "echo.yaml");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("aimms_batch.request.duration", _received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("aimms-batch", _received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("aimms.run.name", _received["/v1/traces"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_servers_requests_are_among_its_metrics_and_traces_and_its_log_names_batch_and_run()
    {
        await using var collector = await CollectAsync();
        await using var service = await Sleepers.StartAsync(new Emulator.Tasks.EmulatorOptions());
        _folder.Write("server.yaml", $"services: {{ dev: {{ url: \"{service.Address}\" }} }}\n");
        const string Scenario = """
            name: failing
            service: { use: dev, name: sleep }
            sweep: { matrix: { n: [7, 8] } }
            request: { json: { seconds: 0, n: "${{ n }}" } }
            success: response.slept > 0
            """;
        using (var server = await ServerProgram.StartAsync(_folder))
        using (var client = new HttpClient { BaseAddress = server.Address, Timeout = Waiting.Patience })
        {
            using var body = new StringContent(Scenario, Encoding.UTF8, "application/yaml");
            using var taken = await client.PostAsync(new Uri("/api/batches", UriKind.Relative), body);
            Assert.Equal(System.Net.HttpStatusCode.Accepted, taken.StatusCode);
            await client.GetStringAsync(new Uri("/api/batches/failing-1/events", UriKind.Relative));
            Assert.Equal(0, await server.StopAsync());
        }

        Assert.Contains("http.server.request.duration", _received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("/api/batches/{id}/events", _received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("POST /api/batches", _received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("aimms.run.name", _received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("failing-1: run n=7 failed", _received["/v1/logs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_ends_once_the_collector_has_taken_what_was_left()
    {
        await using var collector = await CollectAsync(answersAfter: TimeSpan.FromSeconds(1));

        await _folder.EndsAsync(0, "run", "echo.yaml");

        Assert.Equal(["/v1/metrics", "/v1/traces"], _answered.Distinct().Order());
    }

    [Fact]
    public async Task Exporters_may_be_a_list_and_the_name_one_of_the_attributes()
    {
        await using var collector = await CollectAsync();
        _folder.Environment["OTEL_TRACES_EXPORTER"] = "otlp,console";
        _folder.Environment["OTEL_METRICS_EXPORTER"] = "none";
        _folder.Environment["OTEL_RESOURCE_ATTRIBUTES"] = "team=x,service.name=nightly-sweeps";

        await _folder.EndsAsync(0, "run", "echo.yaml");

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

    /// <summary>A collector that the program is to send to, and to wait for.</summary>
    private async Task<WebApplication> CollectAsync(TimeSpan answersAfter = default)
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
            await Task.Delay(answersAfter, TimeProvider.System);
            if (!context.RequestAborted.IsCancellationRequested)
            {
                _answered.Add(context.Request.Path.Value!);
            }

            context.Response.StatusCode = StatusCodes.Status200OK;
        });
        await application.StartAsync();
        _folder.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = application.Urls.First();
        _folder.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        _folder.Environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = $"{Waiting.Patience.TotalMilliseconds:0}";
        return application;
    }
}

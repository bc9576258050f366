using System.Collections;
using System.Globalization;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Engine.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>
/// Sends the engine's metrics and traces, and those of its HTTP requests, to an OpenTelemetry collector: where the
/// standard variables name one (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, its variants for one signal, or
/// <c>OTEL_METRICS_EXPORTER</c> and <c>OTEL_TRACES_EXPORTER</c> set to <c>otlp</c>, alone or among others), and nowhere otherwise. All other
/// <c>OTEL_</c> variables mean what the specification says. A collector that is away costs the batch nothing.
/// </summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/</remarks>
internal sealed class TelemetryExport : IDisposable
{
    private const string Http = "System.Net.Http";

    /// <summary>What a server counts of requests to it: their durations and outcomes, connections, and what the rate limit refused.</summary>
    private static readonly string[] ServerMeters =
    [
        "AimmsOrchestrator.Cluster",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.RateLimiting",
    ];

    /// <summary>What the specification says where no variable does.</summary>
    private const int DefaultLongestExportMilliseconds = 10_000;

    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    /// <param name="redactors">Remove the keys of the batches' services from every attribute.</param>
    public TelemetryExport(params IReadOnlyList<KeyRedactor> redactors)
        : this(redactors, isServer: false) { }

    private TelemetryExport(IReadOnlyList<KeyRedactor> redactors, bool isServer)
    {
        if (IsDisabled)
        {
            return;
        }

        if (IsWanted("METRICS"))
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(Name)
                .AddMeter([EngineTelemetry.Name, Http, .. isServer ? ServerMeters : []])
                .AddOtlpExporter()
                .Build();
        }

        if (IsWanted("TRACES"))
        {
            var traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(Name)
                .AddSource(EngineTelemetry.Name, Http);
            if (isServer)
            {
                traces.AddAspNetCoreInstrumentation();
            }

            foreach (var redactor in redactors)
            {
                traces.AddProcessor(new RedactingProcessor(redactor));
            }

            _traces = traces.AddOtlpExporter().Build();
        }
    }

    /// <summary>The same with a server's answers: also the metrics and traces of the requests that it gets.</summary>
    /// <param name="redactors">Remove the keys of its services from every attribute.</param>
    public static TelemetryExport OfServer(IReadOnlyList<KeyRedactor> redactors) => new(redactors, isServer: true);

    /// <summary>Sends a server's log as well, entry by entry with its batch and its run, where <c>OTEL_LOGS_EXPORTER</c> or an endpoint asks for it.</summary>
    public static void AddLog(ILoggingBuilder logging)
    {
        if (!IsDisabled && IsWanted("LOGS"))
        {
            // Where a log's exporter reads the standard variables, and a server reads none.
            logging.Services.AddSingleton<IConfiguration>(
                new ConfigurationBuilder().AddInMemoryCollection(Variables()).Build()
            );
            logging.AddOpenTelemetry(log =>
            {
                var resource = ResourceBuilder.CreateDefault();
                Name(resource);
                log.SetResourceBuilder(resource);
                log.IncludeScopes = true;
                log.IncludeFormattedMessage = true;
                log.AddOtlpExporter();
            });
            logging.Services.AddHostedService(services => new LastLog(
                services.GetRequiredService<LoggerProvider>(),
                LongestExportMilliseconds
            ));
        }
    }

    /// <summary>
    /// Sends what is left, and waits until the collector has taken it, for as long as an export may take: 10 s, or
    /// <c>OTEL_EXPORTER_OTLP_TIMEOUT</c>.
    /// </summary>
    /// <remarks>A flush would not do: it is over once the traces have been read for sending (opentelemetry-dotnet, issue 4858).</remarks>
    public void Dispose() =>
        Parallel.Invoke(
            () => _metrics?.Shutdown(LongestExportMilliseconds),
            () => _traces?.Shutdown(LongestExportMilliseconds)
        );

    private static bool IsDisabled =>
        string.Equals(Value("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsWanted(string signal) =>
        Value($"OTEL_{signal}_EXPORTER") is { } exporter
            ? exporter.Split(',').Any(name => name.Trim() == "otlp")
            : (Value("OTEL_EXPORTER_OTLP_ENDPOINT") ?? Value($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) is not null;

    /// <summary>For all signals, as the exporters read it.</summary>
    private static int LongestExportMilliseconds =>
        int.TryParse(Value("OTEL_EXPORTER_OTLP_TIMEOUT"), CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds > 0
            ? milliseconds
            : DefaultLongestExportMilliseconds;

    private static IEnumerable<KeyValuePair<string, string?>> Variables() =>
        from DictionaryEntry variable in Environment.GetEnvironmentVariables()
        let name = (string)variable.Key
        where name.StartsWith("OTEL_", StringComparison.Ordinal)
        select KeyValuePair.Create(name, (string?)variable.Value);

    private static string? Value(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static bool HasNameAmongAttributes() =>
        (Value("OTEL_RESOURCE_ATTRIBUTES") ?? "").Split(',').Any(a => a.Split('=')[0].Trim() == "service.name");

    private static void Name(ResourceBuilder resource)
    {
        if (Value("OTEL_SERVICE_NAME") is null && !HasNameAmongAttributes())
        {
            resource.AddService("aimms-batch");
        }
    }
}

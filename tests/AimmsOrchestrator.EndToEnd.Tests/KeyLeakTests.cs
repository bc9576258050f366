using System.Text;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>A cloud that repeats the key wherever it can, and everything that the program then writes.</summary>
public sealed class KeyLeakTests : IDisposable
{
    private const string Key = "q8fK+2Jd/7wXz0LrT5vYh1nMEo3uGpBsCa9iRtZkW4c=";
    private static readonly string Filler = new('x', 140);
    private static readonly string[] Formats = ["csv", "jsonl", "xlsx", "html", "md", "parquet"];

    private readonly ProgramFolder _folder = new();

    public KeyLeakTests() => _folder.Environment["AIMMS_API_KEY"] = Key;

    [Fact]
    public async Task A_key_in_messages_reaches_neither_disk_nor_terminal_nor_traces()
    {
        var traces = new StringBuilder();
        await using var collector = await ServeAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            lock (traces)
            {
                traces.Append(Encoding.Latin1.GetString(body.ToArray()));
            }
        });
        _folder.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First();
        _folder.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        _folder.Environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = $"{Waiting.Patience.TotalMilliseconds:0}";
        await using var cloud = await CloudAsync(responseHasKey: false);

        var run = await RunAsync(cloud);

        Assert.Equal(1, run.ExitCode);
        AssertSafe("terminal", run.Output + run.Errors);
        AssertSafe("traces", traces.ToString());
        Assert.Contains("aimms.run.name", traces.ToString(), StringComparison.Ordinal);
        AssertSafe("status", (await _folder.RunAsync("status", "--verbose")).Output);
        await WriteReportsAsync();
        var rows = await File.ReadAllTextAsync(_folder.File("report.jsonl"));
        Assert.Contains($"{Filler} *** and ***", rows, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            AssertSafe(file, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        }
    }

    [Fact]
    public async Task A_response_with_the_key_is_kept_to_the_byte_and_the_run_and_the_terminal_say_so()
    {
        await using var cloud = await CloudAsync(responseHasKey: true);

        var run = await RunAsync(cloud);

        Assert.Contains("2 of the responses hold the service's key", run.Errors, StringComparison.Ordinal);
        AssertSafe("terminal", run.Output + run.Errors);
        var response = await _folder.RunAsync("response", "leaky-1", "1");
        Assert.Equal($$"""{"objective":1,"echo":"{{Key}}"}""", response.Output);
        Assert.Contains("this response holds the service's key", response.Errors, StringComparison.Ordinal);
        await WriteReportsAsync();
        foreach (var file in Directory.GetFiles(_folder.Path, "report.*"))
        {
            AssertSafe(file, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        }

        var rows = await File.ReadAllTextAsync(_folder.File("report.jsonl"));
        Assert.Contains("the response holds the service", rows, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ProgramResult> RunAsync(WebApplication cloud)
    {
        _folder.Write(
            "leaky.yaml",
            $$$"""
            name: leaky
            service: { url: "{{{cloud.Urls.First()}}}", app: Plant, name: echo, apiKey: "${{ env.AIMMS_API_KEY }}" }
            sweep: { matrix: { n: [0, 1, 2, 3] } }
            request: { json: { n: "${{ n }}" } }
            poll: { every: 10ms }
            retry: { attempts: 2, first: 10ms }
            """
        );
        return _folder.RunAsync("run", "leaky.yaml", "--verbose");
    }

    private async Task WriteReportsAsync()
    {
        foreach (var format in Formats)
        {
            var report = await _folder.RunAsync("report", "--output", $"report.{format}");
            Assert.Equal(0, report.ExitCode);
        }
    }

    /// <summary>The key as it is, encoded, and every part of it that a cut could leave.</summary>
    private static void AssertSafe(string where, string text)
    {
        string[] spellings =
        [
            Key[..8],
            "2Jd/7wXz",
            Uri.EscapeDataString(Key)[..10],
            Key.Replace("/", "\\/", StringComparison.Ordinal)[..10],
        ];
        Assert.All(
            spellings,
            spelling => Assert.False(text.Contains(spelling, StringComparison.Ordinal), $"{where}: {spelling}")
        );
    }

    /// <summary>Run 0 fails with the key in its message, run 3 is turned away with it; the others complete.</summary>
    private static Task<WebApplication> CloudAsync(bool responseHasKey) =>
        ServeAsync(async context =>
        {
            var path = context.Request.Path.Value!;
            var id = path.Split('/')[^1];
            context.Response.ContentType = "application/json";
            if (HttpMethods.IsPost(context.Request.Method))
            {
                using var reader = new StreamReader(context.Request.Body);
                var n = (await reader.ReadToEndAsync()).First(char.IsAsciiDigit);
                if (n == '3')
                {
                    context.Response.StatusCode = 422;
                    await context.Response.WriteAsync($$"""{"message":"{{Filler}} {{Key}}"}""");
                    return;
                }

                await context.Response.WriteAsync($$"""{"id":"task-{{n}}","state":"queued"}""");
            }
            else if (id == "response" && path.Contains("task-0", StringComparison.Ordinal))
            {
                context.Response.StatusCode = 404;
            }
            else if (id == "response")
            {
                await context.Response.WriteAsync($$"""{"objective":1,"echo":"{{(responseHasKey ? Key : "")}}"}""");
            }
            else if (id == "task-0")
            {
                var message = $"{Filler} {Key} and {Uri.EscapeDataString(Key)}";
                await context.Response.WriteAsync(
                    $$"""{"id":"task-0","state":"failed","errorMessage":"{{message}}"}"""
                );
            }
            else
            {
                await context.Response.WriteAsync(id == "tasks" ? "[]" : $$"""{"id":"{{id}}","state":"completed"}""");
            }
        });

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.Run(answer);
        await application.StartAsync();
        return application;
    }
}

using AimmsOrchestrator.EndToEnd.Tests;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.EndToEnd.Tests.Outputs;

/// <summary>
/// Batches that came to their end: rich-1 (a failed run, a rule that does not hold, then a retry), rich-2 (answers taken
/// over), broken-1 (two attempts), plain-1 (no JSON, no results) and a part of the transport scenario.
/// </summary>
public sealed class FinishedBatches : BatchesFixture
{
    /// <summary>The texts that an encoder escapes or does not, numbers that JSON lacks, and figures that cannot be had.</summary>
    private const string Rich = """
        name: rich
        service: { url: emulator, name: echo }
        sweep:
          matrix:
            city: ["Köln", "漢字 😀", "a<b>&'\"+`", "=1+1"]
            x: [1, 2.50]
        request: { json: { city: "${{ city }}", y: "${{ x * 2 }}" } }
        limits: { concurrency: 1 }
        poll: { every: 20ms }
        success: "response.city !== '=1+1' || response.y > 2"
        results:
          city: response.city
          y: response.y
          third: response.y / 3
          infinite: 1 / 0
          nan: 0 / 0
          empty: response.missing
          nothing: null
          list: "[response.y, { a: 'ü<' }]"
          truth: response.y > 2
        report: { baseline: { city: "Köln", x: 1 } }
        expect:
          - that: y > 0
          - monotone: { result: y, in: x }
          - { that: y < 5, name: "less <& \"Größe\"" }
          - bounded: { result: y, to: 4 }
        notify:
          - cat > news.json
          - >-
            printf '%s\n' "$AIMMS_BATCH_ID" "$AIMMS_BATCH_CAUSE" "$AIMMS_BATCH_TEXT" "$AIMMS_BATCH_EXIT_CODE"
            > news.txt
          - post: ${{ env.WEBHOOK }}
        """;

    private const string Broken = """
        name: broken
        service: { url: emulator, name: transport }
        sweep: { matrix: { freight: [90, "München"] }, when: freight != 0 }
        request: { json: { freight: "${{ freight }}" } }
        limits: { concurrency: 1 }
        poll: { every: 20ms }
        retry: { attempts: 2, first: 1ms, max: 1ms, if: "true" }
        """;

    private const string Plain = """
        name: plain
        service: { url: emulator, name: echo }
        request: { file: plain.txt }
        poll: { every: 20ms }
        """;

    /// <summary>The media type and the body of each POST.</summary>
    internal List<(string? Type, string Body)> Posts { get; } = [];

    public override async Task InitializeAsync()
    {
        await using var listener = await ListenAsync();
        Folder.Environment["WEBHOOK"] = listener.Urls.First();

        Folder.Write("rich.yaml", Rich);
        await KeepAsync("run-rich-1.json", 1, "run rich.yaml --json --junit junit.xml");
        KeepFile("junit-rich-1.xml", "junit.xml");
        KeepFile("news-rich-1.json", "news.json");
        KeepFile("news-rich-1.txt", "news.txt");
        await KeepAsync("retry-rich-1.json", 1, "retry rich --json --junit junit-retry.xml");

        // One value goes, one comes, and what was failed before is not any more.
        Folder.Write(
            "rich.yaml",
            Rich.Replace("\"漢字 😀\"", "\"新\"", StringComparison.Ordinal)
                .Replace("1 / 0", "-1 / 0", StringComparison.Ordinal)
                .Replace("y / 3", "y / 4", StringComparison.Ordinal)
                .Replace("response.y > 2\"", "response.y > 1\"", StringComparison.Ordinal)
        );
        await KeepAsync("run-rich-2.json", 1, "run rich.yaml --json");

        Folder.Write("broken.yaml", Broken);
        await KeepAsync("run-broken-1.json", 1, "run broken.yaml --json --junit junit-broken.xml");
        Folder.Write("plain.txt", "Grüße,\r\n\"<no> JSON\"\n");
        Folder.Write("plain.yaml", Plain);
        await KeepAsync("run-plain-1.json", 0, "run plain.yaml --json");
        var transport = Path.Combine(ProgramFolder.Repository, "scenarios", "transport-whatif.yaml");
        await KeepAsync("run-transport-whatif-1.json", 0, $"run {transport} --limit 4 --json");
    }

    private async Task<WebApplication> ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Posts.Add((context.Request.ContentType, GoldenFile.Text(body.ToArray())));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        await application.StartAsync();
        return application;
    }
}

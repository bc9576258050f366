using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AimmsOrchestrator.EndToEnd.Tests.Pages;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace AimmsOrchestrator.EndToEnd.Tests.Server;

/// <summary>Markup and scripts in every text that a page of a server shows: they are shown, and nothing is executed.</summary>
public sealed class HostileTextTests : BrowserTests
{
    private const string Markup = "<img src=x onerror=alert(1)>";
    private const string Script = "</script><script>alert(2)</script><svg onload=alert(3)>";

    private static readonly string Scenario = $$$"""
        name: hostile
        service: { use: dev, name: '{{{Markup}}}' }
        sweep: { matrix: { 'who': ['{{{Markup}}}', '{{{Script}}}', 'javascript:alert(4)'] } }
        request: { json: { who: "${{ who }}" } }
        results: { text: response.text, '{{{Markup}}}': response.text }
        retry: { attempts: 1 }
        poll: { every: 50ms }
        """;

    [FactWith(Chromium, "chromium")]
    public async Task It_is_shown_and_not_executed_on_any_page()
    {
        using var folder = new ProgramFolder();
        await using var service = await ServiceAsync();
        folder.Write(
            "server.yaml",
            $"services: {{ dev: {{ url: \"{service.Urls.First()}\" }}, '{Markup}': {{ url: \"{service.Urls.First()}\" }} }}\n"
        );
        using var server = await ServerProgram.StartAsync(folder);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = Waiting.Patience };
        await SubmitAsync(client, Scenario);
        await SubmitAsync(
            client,
            $"{Scenario}\nschedule: {{ cron: '@daily', overlap: queue }}\n".Replace(
                "name: hostile",
                "name: nightly",
                StringComparison.Ordinal
            )
        );

        foreach (
            var (path, shown) in new[]
            {
                ("#/", "hostile-1"),
                ("#/batch/hostile-1", Markup),
                ($"#/batch/{Uri.EscapeDataString(Markup)}", Markup),
                ("#/schedules", "nightly"),
                ("#/services", Markup),
                ("#/server", "hostile-1"),
            }
        )
        {
            var page = await OpenServerAsync(new Uri(server.Address, $"/{path}"), 1440, ColorScheme.Light);
            page.Dialog += (_, dialog) => Complaints.Add($"{path}: {dialog.Message}");
            await page.GetByText(shown).First.WaitForAsync();
            if (path == "#/batch/hostile-1")
            {
                await page.FrameLocator("iframe").Locator("#table tbody tr").First.WaitForAsync();
            }

            Assert.Equal(0, await page.Locator("img, svg[onload], main script").CountAsync());
            await page.CloseAsync();
        }

        await RefusedFilesAsync(server.Address);

        // What is asked for by a name that no batch has is no page's fault.
        Assert.DoesNotContain(Complaints, one => !one.Contains("404 (Not Found)", StringComparison.Ordinal));
    }

    /// <summary>Diagnostics that quote the file's name and its text.</summary>
    private async Task RefusedFilesAsync(Uri address)
    {
        var page = await OpenServerAsync(new Uri(address, "/#/submit"), 390, ColorScheme.Dark);
        page.Dialog += (_, dialog) => Complaints.Add(dialog.Message);
        await page.Locator("input[type=file]")
            .SetInputFilesAsync([
                new FilePayload
                {
                    Name = $"{Markup}.yaml",
                    MimeType = "application/yaml",
                    Buffer = Encoding.UTF8.GetBytes(
                        $"name: '{Markup}'\n'{Script}': 1\nservice: {{ use: '{Markup}' }}\n"
                    ),
                },
                new FilePayload
                {
                    Name = $"{Markup}.csv",
                    MimeType = "text/csv",
                    Buffer = "n\n1\n"u8.ToArray(),
                },
            ]);
        await page.GetByText("This cannot be run").WaitForAsync();
        await page.GetByText(Markup).First.WaitForAsync();
        Assert.Equal(0, await page.Locator("img, svg[onload], main script").CountAsync());
        Complaints.Remove(Complaints.FirstOrDefault(one => one.Contains("422", StringComparison.Ordinal)) ?? "");
        await page.CloseAsync();
    }

    private static async Task SubmitAsync(HttpClient client, string scenario)
    {
        using var body = new StringContent(scenario, Encoding.UTF8, "application/yaml");
        using var taken = await client.PostAsync(new Uri("/api/batches", UriKind.Relative), body);
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync());
        if ((string?)(await taken.Content.ReadFromJsonAsync<JsonNode>())!["id"] is { } id)
        {
            await client.GetStringAsync(new Uri($"/api/batches/{id}/events", UriKind.Relative));
        }
    }

    /// <summary>A service whose answers and failures are markup: the second of three tasks fails.</summary>
    private static async Task<WebApplication> ServiceAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var tasks = 0;
        application.Run(async context =>
        {
            var id = context.Request.Path.Value!.TrimEnd('/').Split('/')[^1];
            context.Response.ContentType = "application/json";
            object answer =
                HttpMethods.IsPost(context.Request.Method)
                    ? new { id = $"task-{Interlocked.Increment(ref tasks)}", state = "queued" }
                : id == "response" ? new { text = Script + Markup }
                : id == "tasks" ? Array.Empty<object>()
                : id == "task-2"
                    ? new
                    {
                        id,
                        state = "failed",
                        errorMessage = Markup + Script,
                    }
                : new { id, state = "completed" };
            await context.Response.WriteAsJsonAsync(answer);
        });
        await application.StartAsync();
        return application;
    }
}

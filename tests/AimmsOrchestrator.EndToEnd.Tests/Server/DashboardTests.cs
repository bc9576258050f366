using AimmsOrchestrator.EndToEnd.Tests.Pages;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.Playwright;

namespace AimmsOrchestrator.EndToEnd.Tests.Server;

/// <summary>The pages of a server in a real browser.</summary>
public sealed class DashboardTests : BrowserTests
{
    private const string Scenario = """
        name: nap
        service: { use: dev, name: sleep }
        sweep: { matrix: { n: { from: 1, to: 300, step: 1 }, "who": ["<img src=x onerror=alert(1)>"] } }
        request: { json: { seconds: 2, n: "${{ n }}", who: "${{ who }}" } }
        results: { slept: response.slept }
        """;

    [FactWith(Chromium, "chromium")]
    public async Task A_batch_is_submitted_followed_paused_and_cancelled_in_the_browser()
    {
        using var folder = new ProgramFolder();
        await using var service = await Sleepers.StartAsync(new Emulator.Tasks.EmulatorOptions { Parallel = 1 });
        folder.Write("server.yaml", $"services: {{ dev: {{ url: \"{service.Address}\" }} }}\n");
        using var server = await ServerProgram.StartAsync(folder);
        foreach (var (width, scheme) in new[] { (390, ColorScheme.Light), (1440, ColorScheme.Dark) })
        {
            var page = await OpenServerAsync(new Uri(server.Address, "/#/submit"), width, scheme);
            await page.GetByLabel("The scenario, as YAML")
                .FillAsync(Scenario.Replace("results:", "resluts:", StringComparison.Ordinal));
            await page.GetByRole(AriaRole.Button, new() { Name = "Plan" }).ClickAsync();
            await page.GetByText("scenario.yaml:5:1: resluts is not a key").WaitForAsync();
            await page.GetByLabel("The scenario, as YAML").FillAsync(Scenario);
            await page.GetByRole(AriaRole.Button, new() { Name = "Plan" }).ClickAsync();
            await page.GetByText("nap: 300 runs").WaitForAsync();
            Complaints.Clear();
            await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();

            await page.GetByText("Latest results").WaitForAsync();
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
            await page.GetByText("No other run is sent").WaitForAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).WaitForAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
            await page.FrameLocator("iframe").Locator("#table tbody tr").First.WaitForAsync();

            foreach (
                var (link, heading) in new[] { ("Batches", "Batches"), ("Services", "Services"), ("Server", "Server") }
            )
            {
                await page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync();
                await page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }).WaitForAsync();
                Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            }

            await page.CloseAsync();
        }

        Assert.Empty(Complaints);
    }
}

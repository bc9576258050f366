using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.Playwright;

namespace AimmsOrchestrator.EndToEnd.Tests.Pages;

/// <summary>The report's page: what it shows, on a screen and on paper.</summary>
public sealed class PageTests : BrowserTests
{
    private const string SomeFail = """
        name: some-fail
        service: { url: emulator, name: echo }
        sweep: { matrix: { a: [1, 2, 3], b: [1, 4] } }
        request: { json: { x: "${{ a * b }}" } }
        success: response.x < 8
        results: { x: response.x, third: response.x / 3 }
        """;

    [FactWith(Chromium, "chromium")]
    public async Task The_page_of_a_batch_draws_sorts_filters_and_needs_no_network()
    {
        var file = await ReportAsync(
            """
            name: sweep
            description: "</script><script>document.title='owned'</script>"
            service: { url: emulator, name: sleep }
            sweep: { matrix: { a: [1, 2, 10], b: [0.5, 1.5], "who": ["<img src=x onerror=alert(1)>"] } }
            request: { json: { seconds: 0.2, label: { x: "${{ a * b }}", who: "${{ who }}" } } }
            results: { x: response.label.x, who: response.label.who }
            expect: { bounded: { result: x, to: 10 } }
            """
        );

        foreach (var (width, scheme) in new[] { (360, ColorScheme.Light), (1440, ColorScheme.Dark) })
        {
            var page = await OpenAsync(file, width, scheme);
            Assert.Equal("sweep-1", await page.TitleAsync());
            Assert.Equal(
                "</script><script>document.title='owned'</script>",
                await page.Locator("#description").InnerTextAsync()
            );
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.InRange(await page.Locator("figure canvas").CountAsync(), 2, 50);
            var rules = await page.Locator("#rules").InnerTextAsync();
            Assert.Contains("violated 1 of 6 times", rules, StringComparison.Ordinal);
            Assert.Contains("x is 15", rules, StringComparison.Ordinal);
            await page.GetByText("The file’s text").ClickAsync();
            Assert.Contains(
                "--limit 100000",
                await page.Locator("#facts").TextContentAsync(),
                StringComparison.Ordinal
            );
            Assert.StartsWith(
                "name: sweep",
                await page.Locator("#scenario").InnerTextAsync(),
                StringComparison.Ordinal
            );

            var first = page.Locator("#table tbody tr").First.Locator("td");
            await page.GetByRole(AriaRole.Button, new() { Name = "a", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "a ▲", Exact = true }).ClickAsync();
            Assert.Equal("10", await first.Nth(2).InnerTextAsync());
            await page.GetByLabel("Filter a").FillAsync("<= 2");
            Assert.Equal("4 of 6 rows", await page.Locator("#count").InnerTextAsync());
            await page.GetByLabel("Search all columns").FillAsync("a=1 b=1.5");
            Assert.Equal("1 of 6 rows", await page.Locator("#count").InnerTextAsync());
            await page.GetByLabel("Search all columns").FillAsync("onerror");
            Assert.Equal("4 of 6 rows", await page.Locator("#count").InnerTextAsync());

            Assert.Contains("state: completed", await HoverAsync(page), StringComparison.Ordinal);
            await page.Locator("#theme").ClickAsync();
            Assert.Equal(
                scheme == ColorScheme.Dark ? "light" : "dark",
                await page.EvaluateAsync<string>("document.documentElement.dataset.theme")
            );
        }

        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task On_paper_every_chart_is_one_picture_in_light_colours_and_afterwards_the_page_is_as_before()
    {
        var page = await OpenAsync(await ReportAsync(SomeFail), 1440, ColorScheme.Dark);
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        var darkest = await page.EvaluateAsync<int[]>(
            """
            () => [...document.querySelectorAll(".paper")].map((paper) => {
              const { data } = paper.getContext("2d").getImageData(0, 0, paper.width, paper.height);
              let coloured = 0;
              for (let i = 0; i < data.length; i += 4)
                if (Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 60) coloured++;
              return Math.round((1000 * coloured * 4) / data.length);
            })
            """
        );

        // The map of failures is the one that browsers print blank from its layers: of a thousand of its dots many are coloured.
        Assert.Equal(await page.Locator(".chart").CountAsync(), darkest.Length);
        Assert.All(darkest, coloured => Assert.InRange(coloured, 1, 1000));
        await page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        Assert.Equal(0, await page.Locator(".paper").CountAsync());
        Assert.Equal("dark", await page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task Every_chart_gives_its_numbers_as_a_table_too()
    {
        var page = await OpenAsync(await ReportAsync(SomeFail), 360, ColorScheme.Light);
        var map = page.Locator("figure", new() { HasText = "share of runs that failed" });
        await map.Locator(".words-of summary").ClickAsync();

        Assert.Equal(["3", "0 %", "100 %"], await map.Locator("tbody tr").Last.Locator("td").AllInnerTextsAsync());
        Assert.StartsWith(
            "share of runs that failed",
            await map.Locator(".chart").GetAttributeAsync("aria-label"),
            StringComparison.Ordinal
        );
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task A_filter_compares_texts_too_and_half_of_a_condition_is_none()
    {
        var page = await OpenAsync(await ReportAsync(SomeFail), 1440, ColorScheme.Light);
        var rows = page.Locator("#table tbody tr");
        foreach (var (filter, count) in new[] { ("= failed", 2), ("!= failed", 4), ("=", 6), ("fail", 2), ("", 6) })
        {
            await page.GetByLabel("Filter state").FillAsync(filter);
            Assert.Equal((filter, count), (filter, await rows.CountAsync()));
            Assert.Equal($"{count + 2}", await page.Locator("#table table").GetAttributeAsync("aria-rowcount"));
        }

        await page.GetByLabel("Filter third").FillAsync("= 1.33333");
        Assert.Equal(1, await rows.CountAsync());
    }

    [FactWith(Chromium, "chromium")]
    public async Task Tens_of_thousands_of_rows_sort_and_filter_without_stalling()
    {
        var file = await ReportAsync(
            """
            name: many
            service: { url: emulator, name: echo }
            sweep: { matrix: { a: { from: 1, to: 100, step: 1 }, b: { from: 1, to: 30, step: 1 } } }
            request: { json: { x: "${{ a * b }}" } }
            results: { x: response.x }
            limits: { concurrency: 64, unconfirmed: 64 }
            poll: { every: 100ms }
            """
        );
        var page = await OpenAsync(file, 1440, ColorScheme.Light);
        await page.EvaluateAsync(
            """
            () => {
              const rows = 20000;
              const columns = Array.from({ length: 15 }, (_, c) => ({ name: `c${c}`, role: "Result", isNumeric: true }));
              const cells = columns.map((_, c) => Array.from({ length: rows }, (_, r) => Math.sin(r * (c + 1))));
              document.getElementById("table").replaceChildren();
              window.large = new RunTable(document.getElementById("table"), { columns, cells }, () => {});
            }
            """
        );
        var milliseconds = await page.EvaluateAsync<double>(
            """
            () => {
              const start = performance.now();
              large.sort(3);
              large.find("0.1");
              large.draw();
              return performance.now() - start;
            }
            """
        );

        // A safety net only: that few rows are drawn is what makes it fast on any machine.
        Assert.InRange(milliseconds, 0, 60_000);
        Assert.InRange(await page.Locator("#table tbody tr").CountAsync(), 10, 100);
        Assert.Empty(Complaints);
    }

    private static async Task<string> HoverAsync(IPage page)
    {
        // The last chart is the timeline, whose bars are easy to hit.
        var canvas = page.Locator("figure canvas").Last;
        await canvas.ScrollIntoViewIfNeededAsync();
        var box = (await canvas.BoundingBoxAsync())!;
        for (var x = 0.1; x < 1; x += 0.05)
        {
            for (var y = 0.1; y < 0.6; y += 0.05)
            {
                await page.Mouse.MoveAsync(box.X + (float)(box.Width * x), box.Y + (float)(box.Height * y));
                if (await page.Locator(".tip").CountAsync() > 0)
                {
                    return await page.Locator(".tip").First.InnerTextAsync();
                }
            }
        }

        return "";
    }
}

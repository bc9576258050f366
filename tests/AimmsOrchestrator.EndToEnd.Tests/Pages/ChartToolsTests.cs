using System.Xml.Linq;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.Playwright;

namespace AimmsOrchestrator.EndToEnd.Tests.Pages;

/// <summary>What a reader takes from the page: links to charts, pictures, numbers; with a mouse, with keys, on a phone.</summary>
public sealed class ChartToolsTests : BrowserTests
{
    private const string Thirds = """
        name: thirds
        service: { url: emulator, name: echo }
        sweep: { matrix: { a: [1, 2, 3], b: [1, 2], "a rather long name of a parameter": [10, 20] } }
        request: { json: { x: "${{ a / 3 + b }}" } }
        success: response.x < 3
        results: { x: response.x }
        expect: { bounded: { result: x, to: 1 } }
        """;

    private const string Map = """
        name: map
        service: { url: emulator, name: echo }
        sweep: { matrix: { a: [1, 2, 3], b: [1, 2, 4] } }
        request: { json: { x: "${{ a / 3 + b }}" } }
        results: { x: response.x }
        """;

    [FactWith(Chromium, "chromium")]
    public async Task A_link_to_a_chart_scrolls_to_it_and_highlights_it()
    {
        var file = await ReportAsync(Map);
        foreach (var width in new[] { 390, 1440 })
        {
            var page = await OpenAsync(file, width, ColorScheme.Light, "#timeline");
            await page.Locator("#timeline.arrived").WaitForAsync();
            Assert.True(await IsInViewAsync(page, "#timeline"));

            await page.Locator("#all-charts summary").ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "x over a and b", Exact = true }).ClickAsync();
            await page.Locator("#x-over-a-b.arrived").WaitForAsync();
            Assert.Equal(1, await page.Locator(".arrived").CountAsync());
            Assert.True(await IsInViewAsync(page, "#x-over-a-b"));
        }

        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task A_chart_is_copied_as_a_picture_and_saved_as_png_svg_and_csv()
    {
        var page = await OpenAsync(await ReportAsync(Map), 1440, ColorScheme.Light);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        // The word stands there for two seconds only.
        await page.EvaluateAsync(
            """
            () => {
              const figure = document.querySelector("#x-over-a-b");
              const note = () => figure.textContent.includes("Copied") && (figure.dataset.copied = "");
              new MutationObserver(note).observe(figure, { childList: true, characterData: true, subtree: true });
            }
            """
        );
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the picture: x over a and b" }).ClickAsync();
        await page.Locator("#x-over-a-b[data-copied]").WaitForAsync();
        Assert.Equal(
            ["image/png"],
            await page.EvaluateAsync<string[]>("navigator.clipboard.read().then((items) => [...items[0].types])")
        );

        var png = await SavedAsync(page, "Save as PNG: x over a and b");
        Assert.Equal(
            [0x89, (byte)'P', (byte)'N', (byte)'G'],
            await File.ReadAllBytesAsync(png) is var bytes ? bytes[..4] : []
        );
        var svg = XDocument.Load(await SavedAsync(page, "Save as SVG: x over a and b"));
        Assert.Contains("x over a and b", svg.Root!.Value, StringComparison.Ordinal);

        // All digits: a third has sixteen.
        var csv = await File.ReadAllLinesAsync(await SavedAsync(page, "Save the numbers as CSV: x over a and b"));
        Assert.Equal(["b,a=1,a=2,a=3", "1,1.3333333333333333,1.6666666666666665,2"], csv[..2]);
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task On_a_phone_nothing_is_wider_than_the_screen_but_what_scrolls_by_itself()
    {
        var page = await OpenAsync(await ReportAsync(Thirds), 390, ColorScheme.Light);
        foreach (var summary in await page.Locator("summary:visible").AllAsync())
        {
            await summary.ClickAsync();
        }

        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(
            await page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll("body *")]
                  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
                  .filter((e) => !e.closest(".wide, .rows, .chart, pre, .cards thead"))
                  .map((e) => `${e.tagName} ${e.id} ${e.className}`)
                """
            )
        );
        // Where the result is greatest can be read without scrolling sideways.
        Assert.True(await IsInViewSidewaysAsync(page, "#summary td.at"));
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task Everything_that_can_be_pressed_has_a_name_and_is_reached_by_keys()
    {
        var page = await OpenAsync(await ReportAsync(Thirds), 1440, ColorScheme.Light);
        Assert.Empty(
            await page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll("button, input, a, summary, [role=img], [role=region], table, section, nav")]
                  .filter((e) => !(e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.textContent.trim()))
                  .map((e) => e.outerHTML.slice(0, 80))
                """
            )
        );

        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 200; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(
                await page.EvaluateAsync<string>(
                    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim().slice(0, 40)"
                )
            );
        }

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "Charts",
                "Numbers",
                "Save as PNG: When each task waited and ran",
                "Search all columns",
                "Filter x",
                "All runs",
            },
            reached
        );
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task Axes_end_and_tick_at_round_numbers_and_thousands_are_apart()
    {
        var page = await OpenAsync(await ReportAsync(Map), 1440, ColorScheme.Light);

        var shares = await page.EvaluateAsync<string[]>(
            """
            () => [0.83, 0.31, 0.07, 0.9999, 1].map((value) => {
              const { min, max, interval } = kinds.bars.option({ isShare: true, bars: [{ name: "a", value }] }).xAxis;
              return `${min} to ${max} by ${interval}`;
            })
            """
        );
        Assert.Equal(
            ["0 to 1 by 0.2", "0 to 0.4 by 0.1", "0 to 0.08 by 0.02", "0 to 1 by 0.2", "0 to 1 by 0.2"],
            shares
        );
        var steps = await page.EvaluateAsync<double[]>(
            """
            () => [[0.86, 1000], [14, 1000], [14, 300], [186, 300], [9000, 1000], [200000, 1000]].map(([ended, width]) =>
              kinds.timeline.option({ spans: [{ lane: 0, submitted: 0, running: 0, ended, state: "completed" }], concurrency: [{ x: ended, y: 0 }] }, { width })
                .xAxis[1].interval)
            """
        );
        Assert.Equal([0.1, 2, 5, 120, 1800, 43200], steps.Select(step => Math.Round(step, 9)));
        Assert.Equal(
            ["841,317", "-1,234,567", "9999.5", "0.0123457", "12,345.7", ""],
            await page.EvaluateAsync<string[]>(
                "[841317, -1234567.5, 9999.5, 0.01234567, 12345.678, null].map((value) => format.grouped(value))"
            )
        );
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task Times_are_in_the_reader_s_zone_which_is_written()
    {
        var page = await OpenAsync(await ReportAsync(Map), 1440, ColorScheme.Light, zone: "Asia/Kolkata");

        Assert.Matches(
            @"Second 0 is \d+ \w+ \d{4}, \d\d:\d\d:\d\d GMT\+5:30",
            await page.Locator("#timeline > .note").First.InnerTextAsync()
        );
        await page.GetByText("How it ran").ClickAsync();
        Assert.Matches(
            @"started\s+\d+ \w+ \d{4}, \d\d:\d\d:\d\d GMT\+5:30",
            await page.Locator("#facts").InnerTextAsync()
        );
        Assert.Empty(Complaints);
    }

    private static async Task<string> SavedAsync(IPage page, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync()
        );
        return (await download.PathAsync())!;
    }

    private static Task<bool> IsInViewAsync(IPage page, string element) =>
        page.EvaluateAsync<bool>(
            "(name) => { const box = document.querySelector(name).getBoundingClientRect(); return box.top >= -1 && box.top < innerHeight; }",
            element
        );

    private static Task<bool> IsInViewSidewaysAsync(IPage page, string elements) =>
        page.EvaluateAsync<bool>(
            "(name) => [...document.querySelectorAll(name)].every((e) => { const box = e.getBoundingClientRect(); return box.width > 0 && box.left >= 0 && box.right <= innerWidth; })",
            elements
        );
}

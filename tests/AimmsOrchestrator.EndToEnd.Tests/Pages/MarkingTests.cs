using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.Playwright;

namespace AimmsOrchestrator.EndToEnd.Tests.Pages;

/// <summary>Marking runs in one chart: the table lists them, the other charts show them, and there is a way back.</summary>
public sealed class MarkingTests : BrowserTests
{
    /// <summary>The objective is 10 a + b; where both are 3 the run fails.</summary>
    private const string Grid = """
        name: grid
        service: { url: emulator, name: echo }
        sweep: { matrix: { a: [1, 2, 3], b: [1, 2, 3] } }
        request: { json: { x: "${{ 10 * a + b }}", word: "${{ a == 1 ? 'low' : 'high' }}" } }
        success: response.x < 33
        results: { x: response.x, word: response.word }
        """;

    private const string Sample = """
        name: sample
        service: { url: emulator, name: echo }
        seed: 7
        sweep:
          sample:
            method: lhs
            count: 40
            over:
              a: { uniform: { from: 0, to: 100 } }
              b: { uniform: { from: 0, to: 1 } }
        request: { json: { x: "${{ a + b }}" } }
        results: { x: response.x }
        """;

    private const string Words = """
        name: words
        service: { url: emulator, name: echo }
        seed: 7
        sweep: { sample: { count: 60, over: { a: { uniform: { from: 0, to: 100 } }, b: { uniform: { from: 0, to: 1 } } } } }
        request: { json: { word: "${{ a < 50 ? 'low' : 'high' }}" } }
        results: { word: response.word }
        """;

    [FactWith(Chromium, "chromium")]
    public async Task A_click_on_a_cell_of_a_map_marks_its_runs_and_escape_marks_none()
    {
        var page = await OpenAsync(await ReportAsync(Grid), 1440, ColorScheme.Light);
        await ClickAsync(page, "#x-over-a-b", 0.5, 0.35);

        Assert.Equal("1 of 9 rows", await page.Locator("#count").InnerTextAsync());
        Assert.Equal("1 run is marked: a 2, b 2", await page.Locator("#marked-words").InnerTextAsync());
        Assert.Equal("22", await page.Locator("#table tbody td").Nth(5).InnerTextAsync());

        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("9 rows", await page.Locator("#count").InnerTextAsync());
        Assert.False(await page.Locator("#marked").IsVisibleAsync());
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task A_cell_whose_run_failed_says_so_and_can_be_marked_too()
    {
        var page = await OpenAsync(await ReportAsync(Grid), 1440, ColorScheme.Light);
        Assert.StartsWith(
            "Hatched: failed",
            await page.Locator("#x-over-a-b > .note").Last.InnerTextAsync(),
            StringComparison.Ordinal
        );
        await ClickAsync(page, "#x-over-a-b", 0.85, 0.15);

        Assert.Equal("1 run is marked: a 3, b 3", await page.Locator("#marked-words").InnerTextAsync());
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task A_part_of_a_bar_of_counts_marks_the_runs_of_its_word()
    {
        var page = await OpenAsync(await ReportAsync(Grid), 1440, ColorScheme.Light);
        await ClickAsync(page, "#word-by-a", 0.2, 0.6);

        Assert.Equal("3 runs are marked: a 1, low", await page.Locator("#marked-words").InnerTextAsync());
        Assert.Equal("3 of 9 rows", await page.Locator("#count").InnerTextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all runs" }).ClickAsync();
        Assert.Equal("9 rows", await page.Locator("#count").InnerTextAsync());
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task A_region_of_a_scatter_marks_its_runs_in_the_table_and_in_the_other_charts()
    {
        var page = await OpenAsync(await ReportAsync(Sample), 1440, ColorScheme.Light);
        // A part of the chart's width, over its whole height below the greatest results.
        await DragAsync(page, "#x-against-a", (0.1, 0.2), (0.5, 0.97));

        var marked = await page.EvaluateAsync<int[]>("[...selection.runs].sort((a, b) => a - b)");
        var between = await page.EvaluateAsync<int[]>(
            """
            () => {
              const a = selection.column("a", "Parameter");
              const marked = a.filter((_, row) => selection.runs.has(report.runs.cells[0][row]));
              return report.runs.cells[0]
                .filter((_, row) => a[row] >= Math.min(...marked) && a[row] <= Math.max(...marked))
                .sort((x, y) => x - y);
            }
            """
        );
        Assert.InRange(marked.Length, 10, 30);
        Assert.Equal(between, marked);
        Assert.Equal($"{marked.Length} of 40 rows", await page.Locator("#count").InnerTextAsync());
        var counts = await page.EvaluateAsync<int>(
            """
            () => {
              const chart = echarts.getInstanceByDom(document.querySelector("#x-distribution .chart"));
              return chart.getOption().series[1].data.reduce((sum, bin) => sum + bin[2], 0);
            }
            """
        );
        Assert.Equal(marked.Length, counts);
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task A_range_on_an_axis_of_the_parallel_coordinates_marks_its_runs()
    {
        var page = await OpenAsync(await ReportAsync(Sample), 1440, ColorScheme.Light);
        var box = await BoxAsync(page, "#x-parallel");
        await page.Mouse.MoveAsync(box.X + 40, box.Y + 50);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 40, box.Y + 90);
        await page.Mouse.MoveAsync(box.X + 40, box.Y + 150);
        await page.Mouse.UpAsync();

        await page.Locator("#marked").WaitForAsync();
        var marked = await page.EvaluateAsync<int>("selection.runs.size");
        Assert.InRange(marked, 5, 35);
        Assert.Matches(
            $"^{marked} runs are marked: a [0-9.]+ to [0-9.]+$",
            await page.Locator("#marked-words").InnerTextAsync()
        );
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("40 rows", await page.Locator("#count").InnerTextAsync());
        Assert.Empty(Complaints);
    }

    [FactWith(Chromium, "chromium")]
    public async Task Each_run_of_a_sample_belongs_to_one_of_the_ranges_that_bars_stand_for()
    {
        var page = await OpenAsync(await ReportAsync(Words), 1440, ColorScheme.Light);

        var runs = await page.EvaluateAsync<int[]>(
            """
            () => {
              const { x } = report.charts.find((chart) => chart.id === "word-by-a");
              return x.categories.map((_, i) => selection.where(selection.inCategory(x, i)).length);
            }
            """
        );

        // 60 runs in 24 ranges.
        Assert.Equal((24, 60), (runs.Length, runs.Sum()));
        Assert.All(runs, count => Assert.InRange(count, 2, 3));
        Assert.Empty(Complaints);
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(IPage page, string figure)
    {
        var canvas = page.Locator($"{figure} canvas").First;
        await canvas.ScrollIntoViewIfNeededAsync();
        return (await canvas.BoundingBoxAsync())!;
    }

    private static async Task ClickAsync(IPage page, string figure, double x, double y)
    {
        var box = await BoxAsync(page, figure);
        await page.Mouse.ClickAsync(box.X + (float)(box.Width * x), box.Y + (float)(box.Height * y));
    }

    private static async Task DragAsync(IPage page, string figure, (double X, double Y) from, (double X, double Y) to)
    {
        var box = await BoxAsync(page, figure);
        await page.Mouse.MoveAsync(box.X + (float)(box.Width * from.X), box.Y + (float)(box.Height * from.Y));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (float)(box.Width * 0.3), box.Y + (float)(box.Height * 0.3));
        await page.Mouse.MoveAsync(box.X + (float)(box.Width * to.X), box.Y + (float)(box.Height * to.Y));
        await page.Mouse.UpAsync();
        await page.Locator("#marked").WaitForAsync();
    }
}

using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.Playwright;

namespace AimmsOrchestrator.EndToEnd.Tests.Pages;

/// <summary>Opens the report's page in a real browser, from a file, and writes down what the browser complains of.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "DisposeAsync of the lifetime.")]
public abstract class BrowserTests : IAsyncLifetime
{
    protected const string Chromium = "/usr/bin/chromium";

    /// <summary>In milliseconds.</summary>
    private static readonly float Patience = (float)Waiting.Patience.TotalMilliseconds;

    private static readonly Lock Starting = new();

    /// <summary>One browser for all tests, which takes seconds to start; each page has a profile of its own in it.</summary>
    private static Task<IBrowser>? _shared;

    private readonly ProgramFolder _folder = new();
    private readonly List<string> _complaints = [];
    private readonly List<IPage> _pages = [];

    public Task InitializeAsync() => BrowserAsync();

    public async Task DisposeAsync()
    {
        foreach (var page in _pages)
        {
            await page.Context.CloseAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Console messages, errors and requests of all pages.</summary>
    protected IList<string> Complaints => _complaints;

    /// <summary>Runs a scenario and writes its page; returns the page's path.</summary>
    protected async Task<string> ReportAsync(string scenario)
    {
        _folder.Write("scenario.yaml", scenario);
        var run = await _folder.RunAsync("run", "scenario.yaml", "--limit", "100000");
        Assert.True(run.ExitCode is 0 or 1, run.Errors);
        var report = await _folder.RunAsync("report", "--output", "report.html");
        Assert.True(report.ExitCode == 0, report.Errors);
        return _folder.File("report.html");
    }

    /// <summary>Opens a page of a server, which may ask that server and no other.</summary>
    protected async Task<IPage> OpenServerAsync(Uri address, int width, ColorScheme scheme)
    {
        var page = await NewPageAsync(width, scheme, zone: null);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
            {
                _complaints.Add(request.Url);
            }
        };
        await page.GotoAsync(address.ToString());
        return page;
    }

    protected async Task<IPage> OpenAsync(
        string file,
        int width,
        ColorScheme scheme,
        string anchor = "",
        string? zone = null
    )
    {
        var page = await NewPageAsync(width, scheme, zone);
        page.Request += (_, request) =>
        {
            if (request.Url.Split(':')[0] is not ("file" or "blob"))
            {
                _complaints.Add(request.Url);
            }
        };
        await page.GotoAsync($"{new Uri(file).AbsoluteUri}{anchor}");

        // Charts are drawn with the first frame, which may come after the page has been read.
        await page.EvaluateAsync(
            "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))"
        );
        return page;
    }

    private static Task<IBrowser> BrowserAsync()
    {
        lock (Starting)
        {
            return _shared ??= StartAsync();
        }
    }

    /// <summary>It ends with this process.</summary>
    private static async Task<IBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Chromium,
                Timeout = Patience,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    private async Task<IPage> NewPageAsync(int width, ColorScheme scheme, string? zone)
    {
        var browser = await BrowserAsync();
        var page = await browser.NewPageAsync(
            new BrowserNewPageOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = 800 },
                ColorScheme = scheme,
                TimezoneId = zone,
            }
        );
        _pages.Add(page);
        page.SetDefaultTimeout(Patience);
        page.Console += (_, message) => _complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _complaints.Add(error);
        return page;
    }
}

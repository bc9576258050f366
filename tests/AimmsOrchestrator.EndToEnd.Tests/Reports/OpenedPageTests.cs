using System.Runtime.Versioning;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Reports;

/// <summary><c>report --open</c>, with programs that stand for the platform's opener and for a browser.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OpenedPageTests : IDisposable
{
    private const string Opens = "printf '%s' \"$1\" > \"$(dirname \"$0\")/opened\"";

    private readonly ProgramFolder _folder = new();

    public OpenedPageTests()
    {
        _folder.Environment["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        _folder.Environment["BROWSER"] = "";
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_is_opened_by_the_platforms_opener()
    {
        Program("xdg-open", Opens);

        var result = await OpenAsync();

        Assert.Equal(
            (0, ""),
            (result.ExitCode, result.Errors.Replace("report: one-1.html\n", "", StringComparison.Ordinal))
        );
        Assert.Equal(_folder.File("one-1.html"), await OpenedAsync());
        Assert.StartsWith(
            "<!doctype html>",
            await File.ReadAllTextAsync(_folder.File("one-1.html")),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public async Task Where_the_opener_fails_the_browser_of_the_environment_opens_it()
    {
        Program("xdg-open", "exit 3");
        Program("my-browser", Opens);
        _folder.Environment["BROWSER"] = "no-such-browser:my-browser";

        Assert.Equal(0, (await OpenAsync()).ExitCode);
        Assert.Equal(_folder.File("one-1.html"), await OpenedAsync());
    }

    [Fact]
    public async Task Without_an_opener_one_line_says_where_the_page_is()
    {
        Program("xdg-open", "echo much noise; echo more >&2; exit 3");

        var result = await OpenAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            "--open: one-1.html is written, but `xdg-open` cannot open it here; open it in a browser",
            result.Errors.Trim().Split('\n')[^1]
        );
        Assert.True(File.Exists(_folder.File("one-1.html")));
    }

    private void Program(string name, string script)
    {
        _folder.Write(name, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(
            _folder.File(name),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
    }

    /// <summary>What was opened: the program waits three seconds for the opener, and leaves it then.</summary>
    private async Task<string> OpenedAsync()
    {
        var opened = new FileInfo(_folder.File("opened"));
        await Waiting.UntilAsync(() =>
        {
            opened.Refresh();
            return opened is { Exists: true, Length: > 0 };
        });
        return await File.ReadAllTextAsync(opened.FullName);
    }

    private async Task<ProgramResult> OpenAsync()
    {
        _folder.Write(
            "one.yaml",
            """
            name: one
            service: { url: emulator, name: echo }
            request: { json: { x: 1 } }
            results: { x: response.x }
            """
        );
        Assert.Equal(0, (await _folder.RunAsync("run", "one.yaml")).ExitCode);
        return await _folder.RunAsync("report", "--open");
    }
}

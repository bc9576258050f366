using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>What follows once a batch is over: rules, files, notifications.</summary>
public sealed class BatchEndTests : IDisposable
{
    private const string Secret = "a-secret-that-leaves-no-trace";

    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task Rules_are_checked_files_written_notifications_sent_and_no_secret_is_left_behind()
    {
        using var silent = new SilentPort();
        _folder.Environment["WEBHOOK"] = $"{silent.Address}/{Secret}";
        _folder.Write(
            "end.yaml",
            """
            name: end
            service: { url: emulator, name: echo }
            sweep: { matrix: { x: [1, 2, 3] } }
            request: { json: { y: "${{ x === 3 ? 0 : x }}" } }
            results: { y: response.y }
            report: { baseline: { x: 2.0 }, formats: [csv, html], output: reports }
            expect:
              - monotone: { result: y, in: x }
              - that: y >= 0
            notify:
              - post: ${{ env.WEBHOOK }}
              - cat > news.json
            """
        );

        var run = await _folder.RunAsync("run", "end.yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "expected: y never goes down as x grows: violated 1 of 2 times",
            run.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("x=2 and x=3: y goes from 2 to 0", run.Errors, StringComparison.Ordinal);
        Assert.Contains("expected: y >= 0: holds", run.Errors, StringComparison.Ordinal);
        Assert.Contains("notify[0]: the address cannot be reached", run.Errors, StringComparison.Ordinal);
        var news = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("news.json"))).RootElement;
        Assert.Equal("end-1: 3 completed, 1 expectations violated", news.GetProperty("text").GetString());
        Assert.Contains(
            "y.difference,y.ratio",
            await File.ReadAllTextAsync(_folder.File("reports/end-1.csv")),
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(_folder.File("reports/end-1.html")));

        var expect = await _folder.RunAsync("expect", "--junit", "junit.xml");
        Assert.Equal(1, expect.ExitCode);
        Assert.Contains(
            "failures=\"1\"",
            await File.ReadAllTextAsync(_folder.File("junit.xml")),
            StringComparison.Ordinal
        );

        Assert.DoesNotContain(Secret, run.Errors + run.Output, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(
                Secret,
                Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Run_and_resume_write_the_rules_as_expect_does_and_end_with_its_exit_code()
    {
        _folder.Write(
            "rules.yaml",
            """
            name: rules
            service: { url: emulator, name: echo }
            sweep: { matrix: { x: [1, 2] } }
            request: { json: { y: "${{ x }}" } }
            results: { y: response.y }
            expect: [{ that: y < 2 }, { that: y > 0 }]
            """
        );

        Assert.Equal(1, (await _folder.RunAsync("run", "rules.yaml", "--junit", "run.xml")).ExitCode);
        Assert.Equal(1, (await _folder.RunAsync("resume", "--junit", "resume.xml")).ExitCode);
        Assert.Equal(1, (await _folder.RunAsync("expect", "--junit", "expect.xml")).ExitCode);

        var junit = await File.ReadAllTextAsync(_folder.File("expect.xml"));
        Assert.Contains("tests=\"2\" failures=\"1\"", junit, StringComparison.Ordinal);
        Assert.Equal(junit, await File.ReadAllTextAsync(_folder.File("run.xml")));
        Assert.Equal(junit, await File.ReadAllTextAsync(_folder.File("resume.xml")));
    }

    [Fact]
    public async Task A_batch_that_stopped_before_its_end_skips_its_rules_and_does_not_go_on_for_a_file_without_a_folder()
    {
        _folder.Write(
            "stop.yaml",
            """
            name: stop
            service: { url: emulator, name: echo }
            sweep: { matrix: { x: [1, 2, 3] } }
            request: { json: { y: "${{ x }}" } }
            limits: { concurrency: 1 }
            stop: { when: results.length > 0 }
            results: { y: response.y }
            expect: { that: y < 0 }
            """
        );

        var run = await _folder.RunAsync("run", "stop.yaml", "--junit", "run.xml");

        Assert.Equal(3, run.ExitCode);
        var junit = await File.ReadAllTextAsync(_folder.File("run.xml"));
        Assert.Contains("the batch stopped before its end", junit, StringComparison.Ordinal);
        Assert.Contains("failures=\"0\" skipped=\"1\"", junit, StringComparison.Ordinal);

        var refused = await _folder.RunAsync("resume", "--junit", "nowhere/run.xml");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--junit: ", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_batches_that_differ_end_the_comparison_with_one_and_equal_ones_with_zero()
    {
        foreach (var (file, factor) in new[] { ("a.yaml", 1), ("b.yaml", 2) })
        {
            _folder.Write(
                file,
                $$$"""
                name: {{{file[..1]}}}
                service: { url: emulator, name: echo }
                sweep: { matrix: { x: [1, 2] } }
                request: { json: { y: "${{ x * {{{factor}}} }}" } }
                results: { y: response.y }
                """
            );
            await _folder.EndsAsync(0, "run", file);
        }

        Assert.Equal(0, (await _folder.RunAsync("diff", "a", "a")).ExitCode);
        var differ = await _folder.RunAsync("diff", "a", "b", "--format", "csv");
        Assert.Equal(1, differ.ExitCode);
        Assert.Equal("changed,x=1,0,0,completed,completed,y,1,2,1,2", differ.OutputLines[1]);
        Assert.Equal(0, (await _folder.RunAsync("diff", "a", "b", "--tolerance", "0.5")).ExitCode);
        Assert.Equal(2, (await _folder.RunAsync("diff", "a", "c")).ExitCode);
    }

    [Fact]
    public async Task A_changed_formula_of_a_derived_parameter_leaves_runs_comparable()
    {
        foreach (var (file, factor) in new[] { ("a.yaml", 1), ("b.yaml", 2) })
        {
            _folder.Write(
                file,
                $$$"""
                name: {{{file[..1]}}}
                service: { url: emulator, name: echo }
                sweep: { matrix: { x: [1, 2] }, let: { load: x * {{{factor}}} } }
                request: { json: { y: "${{ load }}" } }
                results: { y: response.y }
                """
            );
            await _folder.EndsAsync(0, "run", file);
        }

        var differ = await _folder.RunAsync("diff", "a", "b", "--format", "jsonl");

        Assert.Equal(2, differ.OutputLines.Length);
        Assert.All(differ.OutputLines, line => Assert.Contains("\"changed\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_notified_command_finds_a_batch_without_a_driver()
    {
        _folder.Write(
            "told.yaml",
            """
            name: told
            service: { url: emulator, name: echo }
            request: { json: { y: 1 } }
            notify: cp -r .aimms-batch/claims seen
            """
        );

        Assert.Equal(0, (await _folder.RunAsync("run", "told.yaml")).ExitCode);

        // The locks' files stay; the name of the process that holds the batch stands in another one.
        Assert.Equal(
            ["intake", "told-1.lock"],
            Directory
                .EnumerateFiles(_folder.File("seen"))
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_full_standard_output_costs_neither_files_nor_news()
    {
        _folder.Write(
            "full.yaml",
            """
            name: full
            service: { url: emulator, name: echo }
            request: { json: { y: 1 } }
            report: { formats: [csv] }
            notify: cat > news.json
            """
        );

        var run = await _folder.RunInShellAsync("> /dev/full", "run", "full.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the results cannot be shown: ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("news.json")));
        Assert.NotEmpty(Directory.EnumerateFiles(_folder.Path, "full-1.csv", SearchOption.AllDirectories));

        var report = await _folder.RunInShellAsync("> /dev/full", "report", "--format", "csv");
        Assert.Equal(2, report.ExitCode);
        Assert.Single(report.Errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_report_is_written_also_where_its_baseline_has_not_completed()
    {
        _folder.Write(
            "base.yaml",
            """
            name: base
            service: { url: emulator, name: echo }
            sweep: { matrix: { x: [1, 2] } }
            request: { json: { y: "${{ x }}" } }
            results: { y: response.y }
            success: response.y > 1
            report: { baseline: { x: 1 }, formats: [csv, html] }
            """
        );
        const string Missing = "base-1: report.baseline: no run with x=1 has completed; nothing is compared";

        var run = await _folder.RunAsync("run", "base.yaml");
        var report = await _folder.RunAsync("report", "--format", "csv");

        Assert.Equal(1, run.Errors.Split(Missing).Length - 1);
        Assert.True(File.Exists(_folder.File("base-1.html")));
        Assert.Equal((0, Missing), (report.ExitCode, report.Errors.Trim()));
        Assert.StartsWith("index,name,x,state,y,error,", report.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_is_interrupted_leaves_no_draft_behind()
    {
        _folder.Write(
            "draft.yaml",
            """
            name: draft
            service: { url: emulator, name: echo }
            request: { json: { y: 1 } }
            """
        );
        Assert.Equal(0, (await _folder.RunAsync("run", "draft.yaml")).ExitCode);
        using (var make = Process.Start("mkfifo", [_folder.File("pipe")]))
        {
            await make.WaitForExitAsync();
        }

        // The page is longer than a pipe holds, and its reader does not read: the draft stays for as long as it takes.
        var drafts = Directory.CreateDirectory(_folder.File("drafts")).FullName;
        _folder.Environment["TMPDIR"] = drafts;
        using var report = _folder.Start("report", "--format", "html", "--output", "pipe");
        await using var reader = await Task.Run(() => File.OpenRead(_folder.File("pipe")));
        await Waiting.UntilAsync(() =>
            Directory.GetFiles(drafts, "aimms-batch-*") is [var draft] && new FileInfo(draft).Length > 100_000
        );
        using var kill = Process.Start("kill", ["-INT", $"{report.Id}"]);

        Assert.Equal(130, (await ProgramFolder.EndOfAsync(report)).ExitCode);
        Assert.Empty(Directory.GetFiles(drafts, "aimms-batch-*"));
    }

    public void Dispose() => _folder.Dispose();
}

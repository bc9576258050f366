using System.Text.Json;
using AimmsOrchestrator.Cli;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Tests.Batches;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>Commands on a workspace, in this process.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TestRoom _room = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private Func<IJournalWriter, IJournalWriter>? _wrap;

    [Fact]
    public async Task Status_is_one_json_document()
    {
        _room.Service.TaskDuration = TimeSpan.FromHours(1);
        await _room.InterruptAsync(_room.Scenario());

        Assert.Equal(ExitCode.Success, await RunAsync("status", "--json"));

        var json = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal("interrupted", json.GetProperty("state").GetString());
        Assert.Equal(
            ["batch", "scenario", "state", "reason", "runs", "completed", "failed", "cancelled", "pending"],
            json.EnumerateObject().Take(9).Select(member => member.Name)
        );
        Assert.Equal(2, json.GetProperty("byState").GetProperty("pending").GetInt32());
        Assert.Equal(
            "task-1",
            Assert.Single(json.GetProperty("underWay").EnumerateArray()).GetProperty("task").GetString()
        );
        Assert.False(json.TryGetProperty("exitCode", out _));
    }

    [Fact]
    public async Task Resume_of_an_ended_batch_shows_how_it_went()
    {
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

        Assert.Equal(ExitCode.Success, await RunAsync("resume", "--json"));

        Assert.Contains("short-1 is finished: nothing is left to do", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("short-1: 3 completed", _errors.ToString(), StringComparison.Ordinal);
        var json = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal(3, json.GetProperty("byState").GetProperty("completed").GetInt32());
        Assert.Equal(0, json.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task Retry_says_that_nothing_failed()
    {
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

        Assert.Equal(ExitCode.Success, await RunAsync("retry", "short"));

        Assert.Contains("short-1: nothing failed", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_is_driven_elsewhere_is_refused_in_one_line()
    {
        await _room.InterruptAtOnceAsync(_room.Scenario());
        using var driver = _room.Runner();
        await driver.OpenAsync(_room.Scenario(), TestRoom.Run);

        Assert.Equal(ExitCode.WrongInput, await RunAsync("resume"));

        Assert.StartsWith("short-1 is driven by process ", _errors.ToString(), StringComparison.Ordinal);
        Assert.Single(_errors.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task An_unknown_batch_is_refused_with_the_nearest_name()
    {
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

        Assert.Equal(ExitCode.WrongInput, await RunAsync("cancel", "shrot-1"));

        Assert.Contains("did you mean \"short-1\"?", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bug_stops_a_batch_with_a_line_and_with_its_stack_trace_where_that_is_wanted(bool isVerbose)
    {
        _room.Scenario(url: "emulator");
        var isBuggy = true;
        _wrap = journal => new WatchedJournal(journal, group => ThrowIf(isBuggy && group.Any(IsCompleted)));

        var exitCode = await RunAsync([
            "run",
            _room.ScenarioFile,
            .. isVerbose ? ["--verbose"] : Array.Empty<string>(),
        ]);

        var errors = _errors.ToString();
        Assert.Equal(ExitCode.Stopped, exitCode);
        Assert.Contains(
            "\nstopped: a bug in this program: the journal actor failed: out of range\n",
            errors,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("warning:", errors, StringComparison.Ordinal);
        Assert.Equal(!isVerbose, errors.Contains("`--verbose` shows where it failed", StringComparison.Ordinal));
        Assert.Equal(isVerbose, errors.Contains(nameof(ThrowIf), StringComparison.Ordinal));

        isBuggy = false;
        Assert.Equal(ExitCode.Success, await RunAsync("resume"));
    }

    public void Dispose() => _room.Dispose();

    private static bool IsCompleted(JournalEntry entry) => entry is RunEventEntry { Event: RunCompleted };

    private static void ThrowIf(bool isBug)
    {
        if (isBug)
        {
            throw new InvalidOperationException("out of range");
        }
    }

    private Task<int> RunAsync(params string[] words) =>
        CommandRunner.RunAsync([.. words, "--workspace", _room.Workspace.Folder], new Screen(_output, _errors), _wrap);
}

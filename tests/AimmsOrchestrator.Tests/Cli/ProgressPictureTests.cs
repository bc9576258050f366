using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using Spectre.Console.Testing;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>What a person sees while a batch runs.</summary>
public sealed class ProgressPictureTests
{
    private static readonly BatchProgress Halfway = new()
    {
        Total = 60,
        CountByState = new StateCounts
        {
            Completed = 36,
            Failed = 1,
            Queued = 2,
            Solving = 3,
        },
        Elapsed = TimeSpan.FromMinutes(3),
        EndedPerMinute = 12.4,
        TimeLeft = new TimeLeft(TimeSpan.FromSeconds(111), TimeSpan.FromSeconds(83), TimeSpan.FromSeconds(155)),
        Successes = [new RunSuccess("freight=80 growth=1.1", """{"cost":1534.2000001,"lanes":5,"flows":[1,2]}""")],
        Failures = [new RunFailure("freight=90", "the model is infeasible: " + new string('x', 200))],
    };

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public void It_fits_the_terminal_and_tells_it_all(int width)
    {
        var lines = Drawn(Halfway, width);

        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("37 of 60 done, 1 failed", lines[0], StringComparison.Ordinal);
        Assert.Equal("2 queued, 3 solving", lines[1]);
        Assert.Equal("12.4/min, 1 min 51 s left (1 min 23 s to 2 min 35 s)", lines[2]);
        Assert.Equal("✓ freight=80 growth=1.1: cost 1534.2, lanes 5", lines[3]);
        Assert.StartsWith("✗ freight=90: the model is infeasible", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_leaves_room_for_its_result()
    {
        var sampled = Halfway with
        {
            Successes = [new RunSuccess("freight=97.84388672855317 growth=0.9450685069947357", """{"cost":174.129}""")],
        };

        Assert.Equal("✓ freight=97.8439 growth=0.9450…: cost 174.129", Drawn(sampled, 60)[3]);
    }

    [Fact]
    public void A_result_is_read_once_however_often_it_is_drawn()
    {
        var success = new RunSuccess("x", """{"cost":174.129}""");

        Assert.Same(ProgressText.Results(success), ProgressText.Results(success));
    }

    [Fact]
    public void The_bar_tells_done_failed_and_left_without_colours()
    {
        var bar = Drawn(Halfway, 100)[0];

        Assert.Equal((36, 1, 23), (bar.Count(c => c == '█'), bar.Count(c => c == '▒'), bar.Count(c => c == '░')));
    }

    [Fact]
    public void Words_of_a_model_cannot_steer_the_terminal()
    {
        var hostile = Halfway with
        {
            Failures = [new RunFailure("a\nb", "\u001b[2J\u001b]0;owned\a\r\u009b31m\u202etxet [red]x[/]")],
            Successes = [new RunSuccess("x", """{"a":"\u001b[31m\u0000"}""")],
        };

        var text = string.Join('\n', Drawn(hostile, 100));

        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202e', text);
        Assert.Contains("✗ a b: ·[2J·]0;owned· ·31m·txet [red]x[/]", text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Drawn(BatchProgress progress, int width)
    {
        var console = new TestConsole().Width(width);
        console.Write(ProgressPicture.Of(progress, "", width));
        return [.. console.Lines.Select(line => line.TrimEnd())];
    }
}

using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.TaskService;

public sealed class ShortTextTests
{
    [Theory]
    [InlineData("", 3, "")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc… (4 characters)")]
    [InlineData("ab\ud83d\ude00cd", 3, "ab… (6 characters)")]
    [InlineData("a\ud83d\ude00cd", 3, "a\ud83d\ude00… (5 characters)")]
    public void A_text_is_cut_to_a_length_and_says_so(string text, int most, string expected) =>
        Assert.Equal(expected, ShortText.Cut(text, most));

    [Fact]
    public void A_runs_error_keeps_the_beginning_of_a_cause_of_a_megabyte()
    {
        var error = new RunError(RunErrorKind.TaskFailed, new string('x', 1 << 20));

        Assert.Equal(new string('x', 1000) + "… (1048576 characters)", error.Cause);
    }
}

using AimmsOrchestrator.Cli.Commands.Authoring;
using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Tests.Cli.Terminal;

/// <summary>Long lines on a terminal.</summary>
public sealed class WrappedLineTests
{
    [Theory]
    [InlineData("a line that fits", 16, "a line that fits")]
    [InlineData("12 of 18 have growth 1.1", 12, "12 of 18|  have|  growth 1.1")]
    [InlineData("  indented words", 12, "  indented|    words")]
    [InlineData("see `a b c` for it", 12, "see `a b c`|  for it")]
    [InlineData("look at `a b c`", 12, "look at|  `a b c`")]
    [InlineData("see `a b c d e f` for it", 12, "see `a b c d|  e f` for|  it")]
    [InlineData("in /a/path/that/is/wider/than/that here", 12, "in|  /a/path/that/is/wider/than/that|  here")]
    [InlineData("  key   what it says here", 20, "  key   what it says|        here")]
    [InlineData("    a long name  what it says", 20, "    a long name what|      it says")]
    [InlineData("幅の広い 文字 です", 12, "幅の広い|  文字 です")]
    public void It_breaks_between_words_and_keeps_commands_together(string line, int width, string parts) =>
        Assert.Equal(parts.Split('|'), WrappedLine.Of(line, width));

    [Theory]
    [InlineData("a: b", 20, "a: b")]
    [InlineData("if: error === 'a' && http === 503", 20, "if: error === 'a' &&|    http === 503")]
    [InlineData("  url: emulator    # or an address", 20, "  # or an address|  url: emulator")]
    [InlineData("# customers.csv beside it", 20, "# customers.csv|# beside it")]
    public void A_line_of_YAML_says_the_same_when_it_is_broken(string line, int width, string parts) =>
        Assert.Equal(parts.Split('|'), WrappedYaml.Of(line, width));
}

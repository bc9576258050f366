using AimmsOrchestrator.Cli.Startup;

namespace AimmsOrchestrator.Tests.Cli.Startup;

public sealed class OpenFileLimitTests
{
    [Theory]
    [InlineData("Max open files            64                   64                   files", true)]
    [InlineData("Max open files            511                  4096                 files", true)]
    [InlineData("Max open files            512                  512                  files", false)]
    [InlineData("Max open files            unlimited            unlimited            files", false)]
    [InlineData("Max processes             64                   64                   processes", false)]
    public void A_process_needs_room_for_512_open_files(string line, bool isProblem) =>
        Assert.Equal(isProblem, OpenFileLimit.Problem(["Limit  Soft Limit  Hard Limit  Units", line]) is not null);
}

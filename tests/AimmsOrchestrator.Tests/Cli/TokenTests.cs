using System.Text;
using AimmsOrchestrator.Tests.Cli.Remote;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>The tokens that a server accepts, from the command line.</summary>
public sealed class TokenTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_token_is_printed_once_listed_without_its_secret_and_revoked()
    {
        var created = await RunAsync("create", "alice", "--role", "runner");
        var again = await RunAsync("create", "alice", "--role", "viewer");
        var listed = await RunAsync("list");
        var revoked = await RunAsync("revoke", "alice");
        var after = await RunAsync("list");

        Assert.Matches("^aimms-batch-[0-9a-f]{64}\n$", created.Output);
        Assert.Equal((0, 2), (created.ExitCode, again.ExitCode));
        Assert.Contains("alice", listed.Output, StringComparison.Ordinal);
        Assert.Contains("runner", listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, revoked.ExitCode);
        Assert.Contains("revoked", after.Output, StringComparison.Ordinal);
        var secret = created.Output.Trim();
        foreach (var text in new[] { created.Errors, again.Errors, listed.Output, listed.Errors, after.Output })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }

        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(
                secret,
                Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("local", "token: \"local\" is what callers without a token are called; take another name\n")]
    [InlineData("Local", "token: \"Local\" is what callers without a token are called; take another name\n")]
    [InlineData("server", "token: \"server\" is what the server itself is called; take another name\n")]
    [InlineData("a b", "token: \"a b\" is no name for a token: letters, digits, -, _, . and @, at most 64\n")]
    [InlineData("<b>", "token: \"<b>\" is no name for a token: letters, digits, -, _, . and @, at most 64\n")]
    public async Task Names_that_no_token_may_have_are_refused_in_one_line(string name, string line)
    {
        var refused = await RunAsync("create", name, "--role", "admin");

        Assert.Equal((2, line, ""), (refused.ExitCode, refused.Errors, refused.Output));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private Task<CommandOutput> RunAsync(params string[] words) =>
        CommandOutput.OfAsync(["token", .. words, "--workspace", _folder.Path]);
}

using AimmsOrchestrator.Cli;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Tests.Testing.Machine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Tests.Cli.Remote;

/// <summary>Whatever is wrong between the command line and a server is one line.</summary>
public sealed class RemoteProblemTests
{
    [Theory]
    [InlineData(
        502,
        "text/html",
        "<html><head><title>502 Bad Gateway</title></head></html>",
        "answers 502 Bad Gateway, and not as aimms-batch serve does: 502 Bad Gateway"
    )]
    [InlineData(
        200,
        "text/html",
        "<html>Welcome</html>",
        "answers with text/html, and not as aimms-batch serve does: is this its address?"
    )]
    [InlineData(
        200,
        "application/json",
        "[1, 2",
        "answers with application/json, and not as aimms-batch serve does: is this its address?"
    )]
    [InlineData(
        404,
        "text/plain",
        "no such page",
        "answers 404 Not Found, and not as aimms-batch serve does: no such page"
    )]
    [InlineData(
        500,
        "application/problem+json",
        """{"detail":"a bug in this program: its log has more"}""",
        ": a bug in this program: its log has more (500)"
    )]
    public async Task What_is_no_answer_of_a_server_is_refused(int status, string type, string body, string line)
    {
        await using var server = await StubAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            await context.Response.WriteAsync(body);
        });

        var list = await CommandOutput.OfAsync("list", "--server", AddressOf(server));

        Assert.Equal(4, list.ExitCode);
        Assert.Equal($"{AddressOf(server)}{(line[0] == ':' ? "" : " ")}{line}\n", list.Errors);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var asked = new List<string>();
        await using var elsewhere = await StubAsync(context =>
        {
            asked.Add(context.Request.Path);
            return Task.CompletedTask;
        });
        await using var server = await StubAsync(context =>
        {
            context.Response.Redirect($"{AddressOf(elsewhere)}/api/batches");
            return Task.CompletedTask;
        });

        var list = await CommandOutput.OfAsync("list", "--server", AddressOf(server));

        Assert.StartsWith(
            $"{AddressOf(server)} redirects to {AddressOf(elsewhere)}: ",
            list.Errors,
            StringComparison.Ordinal
        );
        Assert.Empty(asked);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_line()
    {
        var address = $"http://127.0.0.1:{FreePorts.Next()}";

        var list = await CommandOutput.OfAsync("list", "--server", address);

        Assert.Equal((4, $"{address} cannot be reached: Connection refused\n"), (list.ExitCode, list.Errors));
    }

    [Fact]
    public async Task A_server_without_tls_is_one_line_where_tls_is_asked_for()
    {
        await using var server = await StubAsync(_ => Task.CompletedTask);
        var address = AddressOf(server).Replace("http:", "https:", StringComparison.Ordinal);

        var list = await CommandOutput.OfAsync("list", "--server", address);

        Assert.Equal(4, list.ExitCode);
        Assert.StartsWith($"{address}", list.Errors, StringComparison.Ordinal);
        Assert.Single(list.Errors.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("batches.example.com", "is not the address of a server")]
    [InlineData("ftp://batches.example.com", "is not the address of a server")]
    [InlineData("https://alice:secret@batches.example.com", "has a name or a password in it")]
    [InlineData("https://batches.example.com/?token=secret", "has a query in it")]
    public async Task An_address_that_is_none_is_refused_without_its_secrets(string address, string why)
    {
        var list = await CommandOutput.OfAsync("list", "--server", address);

        Assert.Equal(2, list.ExitCode);
        Assert.Contains(why, list.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", list.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_no_header_can_hold_is_refused_without_being_shown()
    {
        var refused = Assert.Throws<UserErrorException>(() =>
            ServerAddress.Parse("http://127.0.0.1", "--server", "sec ret\r\nX: y")
        );

        Assert.StartsWith("AIMMS_BATCH_TOKEN: this is no token", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rm nothing", "rm: batches are removed where their workspace is; leave --server out")]
    [InlineData("prune --older-than 1d", "prune: batches are removed where their workspace is; leave --server out")]
    [InlineData("logs nap 1", "logs: logs are read where the workspace of the batch is; leave --server out")]
    [InlineData("token list", "token: tokens are kept where the server's workspace is; leave --server out")]
    [InlineData("list --workspace here", "--server: either a server or --workspace")]
    public async Task A_command_that_works_here_alone_says_so(string command, string line)
    {
        var output = await CommandOutput.OfAsync([.. command.Split(' '), "--server", "http://127.0.0.1:1"]);

        Assert.Equal((2, line + "\n"), (output.ExitCode, output.Errors));
    }

    private static string AddressOf(WebApplication server) => server.Urls.First();

    private static async Task<WebApplication> StubAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(answer);
        await server.StartAsync();
        return server;
    }
}
